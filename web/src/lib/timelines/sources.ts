/** Where each timeline's statuses come from. */
import { endpoint } from '#lib/api/endpoint.ts';
import type { Client, Status } from '#lib/api/types.ts';
import type { Source } from './timeline.svelte';

type Loaded = PromiseLike<Status[]>;

export const home: Source = {
	key: 'home',
	early: '/api/v1/timelines/home?limit=20',
	context: 'home',
	live: true,
	foldsBoosts: true,
	marked: true,
	channel: { name: 'user' },
	load: (rest, params) => rest.v1.timelines.home.list(params) as Loaded
};

export const local: Source = {
	key: 'local',
	context: 'public',
	live: true,
	channel: { name: 'local' },
	load: (rest, params) => rest.v1.timelines.public.list({ ...params, local: true }) as Loaded
};

export const federated: Source = {
	key: 'federated',
	context: 'public',
	live: true,
	channel: { name: 'public' },
	load: (rest, params) => rest.v1.timelines.public.list(params) as Loaded
};

export function list(id: string): Source {
	return {
		key: `list/${id}`,
		context: 'home',
		live: true,
		foldsBoosts: true,
		channel: { name: 'list', list: id },
		load: (rest, params) => rest.v1.timelines.list.$select(id).list(params) as Loaded
	};
}

export function tag(name: string): Source {
	return {
		key: `tag/${name.toLowerCase()}`,
		context: 'public',
		live: true,
		channel: { name: 'hashtag', tag: name },
		load: (rest, params) => rest.v1.timelines.tag.$select(name).list(params) as Loaded
	};
}

/** What somebody wrote: posts, with replies, or with media alone. */
export function ofAccount(id: string, part: '' | 'replies' | 'media'): Source {
	const filter = { '': { excludeReplies: true }, replies: {}, media: { onlyMedia: true } }[part];
	return {
		key: `account/${id}/${part}`,
		context: 'account',
		load: (rest, params) =>
			rest.v1.accounts.$select(id).statuses.list({ ...params, ...filter }) as Loaded
	};
}

/** What somebody wrote with a hashtag. */
export function taggedBy(id: string, name: string): Source {
	return {
		key: `account/${id}/tagged/${name.toLowerCase()}`,
		context: 'account',
		load: (rest, params) =>
			rest.v1.accounts.$select(id).statuses.list({ ...params, tagged: name }) as Loaded
	};
}

/** The statuses that quote one (https://docs.joinmastodon.org/methods/statuses/#quotes). */
export function quotesOf(id: string): Source {
	const pages = (rest: Client) =>
		endpoint(rest, 'v1/statuses', id, 'quotes').list<Status[]>({
			limit: 40
		}) as unknown as AsyncIterable<Status[]>;
	return { key: `quotes/${id}`, context: 'thread', load: () => Promise.resolve([]), pages };
}

/** What one keeps for later: paged along Link headers, because ids don't say when it was kept. */
export const bookmarks: Source = {
	key: 'bookmarks',
	context: 'home',
	load: (rest, params) => rest.v1.bookmarks.list(params) as Loaded,
	pages: (rest) => rest.v1.bookmarks.list({ limit: 40 }) as AsyncIterable<Status[]>
};

export const favourites: Source = {
	key: 'favourites',
	context: 'home',
	load: (rest, params) => rest.v1.favourites.list(params) as Loaded,
	pages: (rest) => rest.v1.favourites.list({ limit: 40 }) as AsyncIterable<Status[]>
};
