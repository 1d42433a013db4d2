/** From what is written to the outbox. */
import { t } from '#lib/i18n/index.ts';
import { redraft } from '#lib/statuses/actions.ts';
import { composer } from './open.svelte';
import type { Writing } from './writing';

/** Hand it to the outbox, which sends it now or when the network is back. */
export async function send(writing: Writing): Promise<void> {
	const { composition, autosave } = writing;
	const { session, editing } = composition;
	await Promise.all(composition.uploads.map((each) => each.save()));
	const params = plain(composition.params());
	if (editing) {
		await session.outbox.add('edit', editing.id, { params });
		session.toasts.done(t('composer.changed'));
		return;
	}
	const target = crypto.randomUUID();
	await session.outbox.add('publish', target, {
		params,
		idempotencyKey: crypto.randomUUID(),
		draftId: await autosave.handOver()
	});
	const undo = { label: t('common.undo'), run: () => void takeBack(writing, target) };
	session.toasts.done(t(message(params.scheduledAt)), params.scheduledAt ? undefined : undo);
}

/** Undo: what was not sent yet is not sent, what was is deleted. Either way its author goes on writing. */
async function takeBack(writing: Writing, target: string): Promise<void> {
	const { session } = writing.composition;
	if (await session.outbox.undo('publish', target)) {
		composer.reopen(writing);
		writing.autosave.takeUp();
		return;
	}
	const sent = session.sent.get(target);
	if (sent) await redraft(session, sent);
}

function message(scheduledAt: string | null | undefined): string {
	if (!navigator.onLine) return 'composer.waits';
	return scheduledAt ? 'composer.scheduled' : 'composer.posted';
}

/** A copy that IndexedDB can keep: proxies of reactive state can't be. */
function plain<T>(value: T): T {
	return JSON.parse(JSON.stringify(value)) as T;
}
