/** How each kind of action is sent, and what is shown again when the server refuses it. */
import type { Poll, Relationship, Status } from '#lib/api/types.ts';
import { httpStatus } from '#lib/api/errors.ts';
import { home } from '#lib/timelines/sources.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import type { QueuedAction } from '#lib/storage/database.ts';
import { tagsOf, type Tag } from '#lib/tags/tags.svelte.ts';
import { edit, publish } from './publishing';

export interface Performer {
	/** Send it. All are repeatable: sending one twice does what sending it once does. */
	perform(session: Session, action: QueuedAction): Promise<unknown>;
	/** Show what was before. */
	revert?(session: Session, action: QueuedAction, error: unknown): void;
	/** What its author wrote must not get lost: it stays when it is refused, for them to decide. */
	keepRefused?: boolean;
}

export interface Voting {
	pollId: string;
	choices: number[];
	before: Poll;
}

function status(call: string, revert: Performer['revert']): Performer {
	return {
		perform: async (session, { target }) => {
			const answer = await session.at('v1/statuses', target, call).create<Status>();
			// A boost's answer is the boost; what it boosts is what was acted on.
			session.statuses.keep(answer);
		},
		revert
	};
}

function account(call: string): Performer {
	return {
		perform: async (session, { target, data }) =>
			session.relationships.keep(
				await session.at('v1/accounts', target, call).create<Relationship>(data ?? {})
			),
		revert: (session, { target }) => void session.reloadRelationship(target)
	};
}

/** Some servers begin to follow a moment after they said so, and tell of it only when they are asked again. */
const FOLLOW_SETTLES_MS = 4_000;

const follow: Performer = {
	...account('follow'),
	perform: async (session, { target, data }) => {
		const answer = await session
			.at('v1/accounts', target, 'follow')
			.create<Relationship>(data ?? {});
		const late = !answer.following && !answer.requested;
		session.relationships.keep(late ? { ...answer, requested: true } : answer);
		if (late) setTimeout(() => void session.reloadRelationship(target), FOLLOW_SETTLES_MS);
	}
};

/** Change how somebody is followed, unless that has ended meanwhile: the same call would begin it anew. */
const changeFollow: Performer = {
	...account('follow'),
	perform: async (session, action) => {
		const known = session.relationships.get(action.target);
		if (known && !known.following) return;
		await account('follow').perform(session, action);
	}
};

function tag(call: string): Performer {
	return {
		perform: async (session, { target }) =>
			tagsOf(session).keep(await session.at('v1/tags', target, call).create<Tag>()),
		revert: (session, { target }) => void tagsOf(session).load(target)
	};
}

/** A flag of a status, set or taken back, with its count. */
function flag(name: Flag, count: Count | null, value: boolean): Performer['revert'] {
	return (session, { target }) => {
		const known = session.statuses.get(target);
		if (!known || known[name] === value) return;
		const change = value ? 1 : -1;
		session.statuses.patch(target, {
			[name]: value,
			...(count ? { [count]: Math.max(0, known[count] + change) } : {})
		});
	};
}
type Flag = 'favourited' | 'reblogged' | 'bookmarked' | 'muted' | 'pinned';
type Count = 'favouritesCount' | 'reblogsCount';

export const performers = {
	favourite: status('favourite', flag('favourited', 'favouritesCount', false)),
	unfavourite: status('unfavourite', flag('favourited', 'favouritesCount', true)),
	reblog: status('reblog', flag('reblogged', 'reblogsCount', false)),
	unreblog: status('unreblog', flag('reblogged', 'reblogsCount', true)),
	bookmark: status('bookmark', flag('bookmarked', null, false)),
	unbookmark: status('unbookmark', flag('bookmarked', null, true)),
	mute: status('mute', flag('muted', null, false)),
	unmute: status('unmute', flag('muted', null, true)),
	pin: status('pin', flag('pinned', null, false)),
	unpin: status('unpin', flag('pinned', null, true)),
	publish,
	edit,
	vote: {
		perform: async (session, { target, data }) => {
			const { pollId, choices } = data as Voting;
			const resource = session.rest.v1.polls.$select(pollId);
			try {
				session.statuses.patch(target, { poll: await resource.votes.create({ choices }) });
			} catch (error) {
				// Sent before, and the answer got lost: what counts is whether the vote is there.
				const poll = httpStatus(error) === 422 ? await resource.fetch() : null;
				if (!poll?.voted) throw error;
				session.statuses.patch(target, { poll });
			}
		},
		revert: (session, { target, data }) =>
			session.statuses.patch(target, { poll: (data as Voting).before })
	},
	delete: {
		perform: async (session, { target }) => {
			try {
				await session.rest.v1.statuses.$select(target).remove();
			} catch (error) {
				// Gone already.
				if (httpStatus(error) !== 404) throw error;
			}
			session.statuses.forget(target);
		},
		revert: (session, { target }) => {
			const known = session.statuses.get(target);
			if (known) session.timelines.get(home).restore(known);
		}
	},
	follow,
	unfollow: account('unfollow'),
	changeFollow,
	writeNote: account('note'),
	muteAccount: account('mute'),
	unmuteAccount: account('unmute'),
	block: account('block'),
	unblock: account('unblock'),
	followTag: tag('follow'),
	unfollowTag: tag('unfollow'),
	featureTag: tag('feature'),
	unfeatureTag: tag('unfeature')
} satisfies Record<string, Performer>;

export type Kind = keyof typeof performers;

const PAIRS: [Kind, Kind][] = [
	['favourite', 'unfavourite'],
	['reblog', 'unreblog'],
	['bookmark', 'unbookmark'],
	['mute', 'unmute'],
	['pin', 'unpin'],
	['follow', 'unfollow'],
	['muteAccount', 'unmuteAccount'],
	['block', 'unblock'],
	['followTag', 'unfollowTag'],
	['featureTag', 'unfeatureTag']
];

/** What takes an action back, if it was not sent yet. */
export const OPPOSITES = Object.fromEntries(
	PAIRS.flatMap(([one, other]) => [
		[one, other],
		[other, one]
	])
) as Partial<Record<Kind, Kind>>;
