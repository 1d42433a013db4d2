/** What members do with statuses and accounts: shown at once, sent by the outbox. */
import type { Account, Relationship, Status } from '#lib/api/types.ts';
import { errorText } from '#lib/api/errors.ts';
import { t } from '#lib/i18n/index.ts';
import type { Session } from '#lib/session/session.svelte.ts';

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
	let undone = false;
	session.timelines.removeEverywhere((s) => s.id === status.id || s.reblog?.id === status.id);
	session.toasts.done(t('status.deleted'), {
		label: t('common.undo'),
		run: () => {
			undone = true;
			session.statuses.keep(status);
			session.timelines.get({ key: 'home' } as never)?.prepend(status);
		}
	});
	setTimeout(async () => {
		if (undone) return;
		try {
			await session.rest.v1.statuses.$select(status.id).remove();
			session.statuses.forget(status.id);
		} catch (error) {
			session.toasts.failure(errorText(error));
		}
	}, UNDO_MS);
}

type AccountAct = 'follow' | 'block' | 'muteAccount';

const ACCOUNT_KINDS = {
	follow: ['follow', 'unfollow', 'following'],
	block: ['block', 'unblock', 'blocking'],
	muteAccount: ['muteAccount', 'unmuteAccount', 'muting']
} as const;

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
