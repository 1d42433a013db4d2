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
	const { draftId } = request;
	if (draftId) {
		await composition.startFrom(async () => {
			const draft = await session.at('v1/drafts', draftId).fetch<Draft>();
			const { inReplyToId: parent, quotedStatusId: quoted } = draft.params;
			const statuses = session.rest.v1.statuses;
			if (parent) composition.replyTo = await statuses.$select(parent).fetch();
			if (quoted) composition.quote = await statuses.$select(quoted).fetch();
			autosave.adopt(draft);
			composition.restore(draft.params, draft.mediaAttachments);
		});
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
