/** What members do with statuses and accounts: shown at once, sent by the outbox. */
import { errorText } from '#lib/api/errors.ts';
import type { Account, Poll, Relationship, Status } from '#lib/api/types.ts';
import { composer } from '#lib/composer/open.svelte.ts';
import { t } from '#lib/i18n/index.ts';
import type { FollowOptions } from '#lib/outbox/overlay.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import { home } from '#lib/timelines/sources.ts';

type Toggle = 'favourited' | 'reblogged' | 'bookmarked' | 'muted' | 'pinned';

const KINDS = {
	favourited: ['favourite', 'unfavourite', 'favouritesCount'],
	reblogged: ['reblog', 'unreblog', 'reblogsCount'],
	bookmarked: ['bookmark', 'unbookmark', null],
	muted: ['mute', 'unmute', null],
	pinned: ['pin', 'unpin', null]
} as const;

/** Set a flag, or take it back. */
export function toggle(session: Session, status: Status, flag: Toggle): void {
	const now = session.statuses.get(status.id) ?? status;
	const value = !now[flag];
	const [set, unset, count] = KINDS[flag];
	session.statuses.patch(now.id, {
		[flag]: value,
		...(count ? { [count]: Math.max(0, now[count] + (value ? 1 : -1)) } : {})
	});
	void session.outbox.add(value ? set : unset, now.id);
	if (flag === 'reblogged' && value) {
		session.toasts.done(t('status.boosted'), {
			label: t('common.undo'),
			run: () => toggle(session, status, flag)
		});
	}
}

/** Whether a status can be boosted by its reader. */
export function canBoost(session: Session, status: Status): boolean {
	if (status.visibility === 'public' || status.visibility === 'unlisted') return true;
	return status.visibility === 'private' && session.isMe(status.account.id);
}

const UNDO_MS = 5_000;

/** Take a status out of sight, and delete it a moment later, unless its author changes their mind. */
export function remove(session: Session, status: Status): void {
	session.timelines.removeEverywhere((s) => s.id === status.id || s.reblog?.id === status.id);
	void session.outbox.add('delete', status.id, null, UNDO_MS);
	session.toasts.done(t('status.deleted'), {
		label: t('common.undo'),
		run: () => {
			void session.outbox.undo('delete', status.id);
			session.timelines.get(home).restore(status);
		}
	});
}

/** Delete a status and write it anew. It needs the network: the server gives back what the status said. */
export async function redraft(session: Session, status: Status): Promise<void> {
	try {
		const gone = await session.at('v1/statuses', status.id).remove<Status>();
		session.timelines.removeEverywhere((s) => s.id === status.id || s.reblog?.id === status.id);
		composer.open({ redraft: { ...status, ...gone } });
	} catch (error) {
		session.toasts.failure(errorText(error));
	}
}

/** Vote; what others chose is shown when the server has answered. */
export function vote(session: Session, status: Status, shown: Poll, choices: number[]): void {
	// What is shown may be translated: what is kept is as its author wrote it.
	const poll: Poll = session.statuses.get(status.id)?.poll ?? shown;
	session.statuses.patch(status.id, {
		poll: {
			...poll,
			voted: true,
			ownVotes: choices,
			votesCount: poll.votesCount + choices.length,
			votersCount: (poll.votersCount ?? 0) + 1,
			options: poll.options.map((option, index) =>
				choices.includes(index) ? { ...option, votesCount: (option.votesCount ?? 0) + 1 } : option
			)
		}
	});
	void session.outbox.add('vote', status.id, { pollId: poll.id, choices, before: poll });
}

type AccountAct = 'follow' | 'block' | 'muteAccount';

const ACCOUNT_KINDS = {
	follow: ['follow', 'unfollow', 'following'],
	block: ['block', 'unblock', 'blocking'],
	muteAccount: ['muteAccount', 'unmuteAccount', 'muting']
} as const;

/** Change how somebody who is followed is followed. */
export function changeFollow(session: Session, account: Account, options: FollowOptions): void {
	const { notify, reblogs } = options;
	session.relationships.patch(account.id, {
		...(notify === undefined ? {} : { notifying: notify }),
		...(reblogs === undefined ? {} : { showingReblogs: reblogs })
	});
	void session.outbox.add('changeFollow', account.id, options);
}

/** Keep a note about somebody that nobody else sees; empty: none any more. */
export function writeNote(session: Session, account: Account, comment: string): void {
	session.relationships.patch(account.id, { note: comment });
	void session.outbox.add('writeNote', account.id, { comment });
}

/** Follow, block or mute somebody, or end it. */
export function relate(session: Session, account: Account, act: AccountAct, value: boolean): void {
	const [set, unset, flag] = ACCOUNT_KINDS[act];
	const changes: Partial<Relationship> =
		act === 'follow' && value && account.locked ? { requested: true } : { [flag]: value };
	if (act === 'follow' && !value) Object.assign(changes, { requested: false });
	session.relationships.patch(account.id, changes);
	void session.outbox.add(value ? set : unset, account.id);
	if (act !== 'follow' && value) {
		session.timelines.removeEverywhere(
			(s) => s.account.id === account.id || s.reblog?.account.id === account.id
		);
		const text = t(act === 'block' ? 'account.blocked' : 'account.muted', {
			name: `@${account.acct}`
		});
		session.toasts.done(text, {
			label: t('common.undo'),
			run: () => relate(session, account, act, false)
		});
	}
}
