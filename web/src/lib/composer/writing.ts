/** Something that is being written: what it says, and how it is kept meanwhile. It outlives the dialogue it is written in. */
import type { Session } from '#lib/session/session.svelte.ts';
import { deleteValue, readValue } from '#lib/storage/database.ts';
import { Composition } from './composition.svelte';
import { Autosave, keepsDrafts, localDraft, type Draft } from './drafts.svelte';
import type { ComposeRequest } from './open.svelte';

export interface Writing {
	readonly request: ComposeRequest;
	readonly composition: Composition;
	readonly autosave: Autosave;
}

export function begin(session: Session, request: ComposeRequest): Writing {
	const composition = new Composition(session, request);
	const writing = { request, composition, autosave: new Autosave(session, composition) };
	void restore(session, writing);
	return writing;
}

async function restore(session: Session, { request, composition, autosave }: Writing) {
	if (request.draftId) {
		const draft = await session.at('v1/drafts', request.draftId).fetch<Draft>();
		autosave.adopt(draft);
		composition.restore(draft.params, draft.mediaAttachments);
		const parent = draft.params.inReplyToId;
		if (parent) composition.replyTo = await session.rest.v1.statuses.$select(parent).fetch();
		const quoted = draft.params.quotedStatusId;
		if (quoted) composition.quote = await session.rest.v1.statuses.$select(quoted).fetch();
		return;
	}
	const shared = await readValue<File[]>('share.files');
	if (shared?.length) {
		await deleteValue('share.files');
		composition.add(shared);
	}
	const isNew = !Object.values(request).some(Boolean);
	if (!isNew || keepsDrafts(session)) return;
	const kept = await localDraft(session);
	if (kept) composition.restore(kept.params, []);
}
