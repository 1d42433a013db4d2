/** Where each timeline's statuses come from. */
import type { Status } from '#lib/api/types.ts';
import type { Source } from './timeline.svelte';

type Loaded = PromiseLike<Status[]>;

export const home: Source = {
	key: 'home',
	context: 'home',
	live: true,
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
