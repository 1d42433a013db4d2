/** What is shown of a status while actions wait that concern it: after a reload, too, and over old answers. */
import type { Relationship, Status } from '#lib/api/types.ts';
import type { QueuedAction } from '#lib/storage/database.ts';

type Flag = 'favourited' | 'reblogged' | 'bookmarked' | 'muted' | 'pinned';
type Count = 'favouritesCount' | 'reblogsCount';

const FLAGS: Record<string, [Flag, boolean, Count?]> = {
	favourite: ['favourited', true, 'favouritesCount'],
	unfavourite: ['favourited', false, 'favouritesCount'],
	reblog: ['reblogged', true, 'reblogsCount'],
	unreblog: ['reblogged', false, 'reblogsCount'],
	bookmark: ['bookmarked', true],
	unbookmark: ['bookmarked', false],
	mute: ['muted', true],
	unmute: ['muted', false],
	pin: ['pinned', true],
	unpin: ['pinned', false]
};

export function overlay(status: Status, waiting: readonly QueuedAction[]): Status {
	let shown = status;
	for (const action of waiting) {
		if (action.target !== status.id || action.refused) continue;
		if (action.kind === 'vote' && shown.poll && !shown.poll.voted) {
			const { choices } = action.data as { choices: number[] };
			shown = { ...shown, poll: { ...shown.poll, voted: true, ownVotes: choices } };
		}
		const [flag, value, count] = FLAGS[action.kind] ?? [];
		if (!flag || shown[flag] === value) continue;
		shown = { ...shown, [flag]: value };
		if (count) shown = { ...shown, [count]: Math.max(0, shown[count] + (value ? 1 : -1)) };
	}
	return shown;
}

/** How somebody is followed (https://docs.joinmastodon.org/methods/accounts/#follow). */
export interface FollowOptions {
	/** Whether each new post of theirs is a notification. */
	notify?: boolean;
	/** Whether what they boost comes home. */
	reblogs?: boolean;
}

const RELATIONS: Record<string, Partial<Relationship>> = {
	follow: { following: true },
	unfollow: { following: false, requested: false },
	muteAccount: { muting: true },
	unmuteAccount: { muting: false },
	block: { blocking: true },
	unblock: { blocking: false }
};

/** What an action changes. */
function relation({ kind, data }: QueuedAction): Partial<Relationship> | undefined {
	if (kind === 'writeNote') return { note: (data as { comment: string }).comment };
	if (kind !== 'changeFollow') return RELATIONS[kind];
	const { notify, reblogs } = data as FollowOptions;
	return {
		...(notify === undefined ? {} : { notifying: notify }),
		...(reblogs === undefined ? {} : { showingReblogs: reblogs })
	};
}

/** The same for how the member stands to somebody. */
export function overlayRelationship(
	relationship: Relationship,
	waiting: readonly QueuedAction[]
): Relationship {
	let shown = relationship;
	for (const action of waiting) {
		const changes = action.target === relationship.id ? relation(action) : undefined;
		if (changes && !action.refused) shown = { ...shown, ...changes };
	}
	return shown;
}

/** Whether a status is on its way out. */
export function isLeaving(statusId: string, waiting: readonly QueuedAction[]): boolean {
	return waiting.some(
		(each) => each.kind === 'delete' && each.target === statusId && !each.refused
	);
}
