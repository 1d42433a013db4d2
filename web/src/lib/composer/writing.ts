/** Something that is being written: what it says, and how it is kept meanwhile. It outlives the dialogue it is written in. */
import { isMissing } from '#lib/api/errors.ts';
import type { Status } from '#lib/api/types.ts';
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
			composition.replyTo = await stillThere(session, draft.params.inReplyToId);
			composition.quote = await stillThere(session, draft.params.quotedStatusId);
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

/** What a draft answers or quotes. It may be gone: what its author wrote stays. */
async function stillThere(session: Session, id: string | null | undefined): Promise<Status | null> {
	if (!id) return null;
	try {
		return await session.rest.v1.statuses.$select(id).fetch();
	} catch (error) {
		if (isMissing(error)) return null;
		throw error;
	}
}
