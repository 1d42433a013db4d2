/** What a timeline consists of: statuses, boosts in a row that are folded into one, gaps. */
import type { Status } from '#lib/api/types.ts';

/** Statuses are missing between what is above and below. */
export interface Gap {
	kind: 'gap';
	id: string;
	/** Load what is older than this … */
	maxId: string;
	/** … and newer than this. */
	sinceId: string;
}

export interface StatusItem {
	kind: 'status';
	id: string;
	status: Status;
}

/** Boosts in a row, newest first: shown beside one another, so that they don't push away what people write. */
export interface BoostsItem {
	kind: 'boosts';
	id: string;
	statuses: readonly Status[];
}

export type Item = StatusItem | BoostsItem | Gap;

/** So many boosts in a row are folded. */
const ROW = 3;

/** Items of statuses that came together. What was shown once is never folded anew: it would move what is read. */
export function toItems(statuses: readonly Status[], foldBoosts = false): Item[] {
	const items: Item[] = [];
	for (let index = 0; index < statuses.length;) {
		let end = index;
		while (foldBoosts && statuses[end]?.reblog) end += 1;
		if (end - index >= ROW) {
			const row = statuses.slice(index, end);
			items.push({ kind: 'boosts', id: row[0]!.id, statuses: row });
			index = end;
		} else {
			const next = Math.max(end, index + 1);
			items.push(...statuses.slice(index, next).map(single));
			index = next;
		}
	}
	return items;
}

function single(status: Status): StatusItem {
	return { kind: 'status', id: status.id, status };
}

/** The statuses of an item, newest first. */
export function statusesOf(item: Item): readonly Status[] {
	if (item.kind === 'status') return [item.status];
	return item.kind === 'boosts' ? item.statuses : [];
}

/** `item` without some of its statuses: null if nothing is left. */
export function without(item: Item, which: (status: Status) => boolean): Item | null {
	if (item.kind === 'gap' || !statusesOf(item).some(which)) return item;
	const left = statusesOf(item).filter((each) => !which(each));
	if (!left.length) return null;
	return item.kind === 'boosts' ? { ...item, statuses: left } : item;
}

/** Whether one id is older than another: ids are numbers as texts, too long for numbers. */
export function isOlder(one: string, other: string): boolean {
	return one.length === other.length ? one < other : one.length < other.length;
}

/** An id just above `id`: what is asked for with it as `max_id` includes `id`. Null where ids aren't numbers. */
export function justAbove(id: string): string | null {
	return /^\d{1,20}$/.test(id) ? String(BigInt(id) + 1n) : null;
}
