/** Sending what was written. It stays in the outbox when it is refused: nothing that somebody wrote gets lost. */
import type { Status } from '#lib/api/types.ts';
import { t } from '#lib/i18n/index.ts';
import { home } from '#lib/timelines/sources.ts';
import type { StatusParams } from '#lib/composer/composition.svelte.ts';
import type { Performer } from './performers';

export interface Publishing {
	params: StatusParams;
	/** Sent along, so that a repeated request publishes once (https://docs.joinmastodon.org/methods/statuses/#headers). */
	idempotencyKey: string;
	/** The draft of the server that it was: deleted when it is published. */
	draftId?: string;
}

export const publish: Performer = {
	keepRefused: true,
	async perform(session, { target, data }) {
		const { params, idempotencyKey, draftId } = data as Publishing;
		const status = await session
			.at('v1/statuses')
			.create<Status>(params, { requestInit: { headers: { 'Idempotency-Key': idempotencyKey } } });
		if (draftId)
			await session
				.at('v1/drafts', draftId)
				.remove()
				.catch(() => null);
		if (params.scheduledAt) return;
		session.timelines.get(home).prepend(status);
		session.published = status;
		session.sent.set(target, status);
	},
	revert(session) {
		session.toasts.failure(t('composer.refused'));
	}
};

export interface Editing {
	params: StatusParams;
}

export const edit: Performer = {
	keepRefused: true,
	async perform(session, { target, data }) {
		const { params } = data as Editing;
		const status = await session.at('v1/statuses', target).update<Status>(params);
		session.statuses.keep(status);
	},
	revert(session) {
		session.toasts.failure(t('composer.refused'));
	}
};
