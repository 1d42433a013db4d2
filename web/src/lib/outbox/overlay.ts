/** What is shown of a status while actions wait that concern it: after a reload, too, and over old answers. */
import type { Status } from '#lib/api/types.ts';
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
		const [flag, value, count] = FLAGS[action.kind] ?? [];
		if (!flag || shown[flag] === value) continue;
		shown = { ...shown, [flag]: value };
		if (count) shown = { ...shown, [count]: Math.max(0, shown[count] + (value ? 1 : -1)) };
	}
	return shown;
}
