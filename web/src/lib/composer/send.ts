/** From what is written to the outbox. */
import { t } from '#lib/i18n/index.ts';
import type { Autosave } from './drafts.svelte';
import type { Composition } from './composition.svelte';

/** Hand it to the outbox, which sends it now or when the network is back. */
export async function send(composition: Composition, autosave: Autosave): Promise<void> {
	const { session, editing } = composition;
	await Promise.all(composition.uploads.map((each) => each.save()));
	const params = plain(composition.params());
	if (editing) {
		await session.outbox.add('edit', editing.id, { params });
		session.toasts.done(t('composer.changed'));
		return;
	}
	const draftId = autosave.id ?? undefined;
	autosave.id = null;
	await session.outbox.add('publish', crypto.randomUUID(), {
		params,
		idempotencyKey: crypto.randomUUID(),
		draftId
	});
	await autosave.discard();
	session.toasts.done(t(message(params.scheduledAt)));
}

function message(scheduledAt: string | null | undefined): string {
	if (!navigator.onLine) return 'composer.waits';
	return scheduledAt ? 'composer.scheduled' : 'composer.posted';
}

/** A copy that IndexedDB can keep: proxies of reactive state can't be. */
function plain<T>(value: T): T {
	return JSON.parse(JSON.stringify(value)) as T;
}
