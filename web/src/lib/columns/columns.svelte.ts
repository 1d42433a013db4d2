/** The columns that a member has put beside one another in this browser. */
import { t } from '#lib/i18n/index.ts';
import {
	bookmarks,
	favourites,
	federated,
	home,
	list,
	local,
	tag
} from '#lib/timelines/sources.ts';
import type { Source } from '#lib/timelines/timeline.svelte.ts';

export type Kind =
	'home' | 'notifications' | 'local' | 'federated' | 'bookmarks' | 'favourites' | 'list' | 'tag';

export interface Column {
	kind: Kind;
	/** A list's id, or a hashtag. */
	id?: string;
	/** A list's name. */
	title?: string;
}

/** Those that need nothing more to be said. */
export const SIMPLE = [
	'home',
	'notifications',
	'local',
	'federated',
	'bookmarks',
	'favourites'
] as const satisfies Kind[];

const USUAL: Column[] = [{ kind: 'home' }, { kind: 'notifications' }, { kind: 'local' }];
const SOURCES = { home, local, federated, bookmarks, favourites };

export class Columns {
	items = $state.raw<Column[]>(USUAL);

	constructor(private readonly account: string) {
		this.items = this.#read();
	}

	add(column: Column): void {
		if (!this.items.some((each) => keyOf(each) === keyOf(column))) {
			this.#write([...this.items, column]);
		}
	}

	remove(column: Column): void {
		this.#write(this.items.filter((each) => each !== column));
	}

	/** One place towards the start of the line (-1) or its end (1). */
	move(column: Column, way: 1 | -1): void {
		const at = this.items.indexOf(column);
		const other = this.items[at + way];
		if (!other) return;
		this.#write(
			this.items.map((each) => (each === column ? other : each === other ? column : each))
		);
	}

	#read(): Column[] {
		try {
			const kept = JSON.parse(localStorage.getItem(this.#name) ?? '') as Column[];
			if (Array.isArray(kept)) return kept.filter((each) => typeof each?.kind === 'string');
		} catch {
			// Nothing there yet, or nothing that we wrote.
		}
		return USUAL;
	}

	#write(items: Column[]): void {
		this.items = items;
		localStorage.setItem(this.#name, JSON.stringify(items));
	}

	get #name(): string {
		return `rostra.columns.${this.account}`;
	}
}

export function keyOf(column: Column): string {
	return `${column.kind}/${column.id ?? ''}`;
}

export function titleOf(column: Column): string {
	if (column.kind === 'tag') return `#${column.id}`;
	return column.title ?? t(`nav.${column.kind}`);
}

/** Where a column's statuses come from; null: it shows notifications. */
export function sourceOf(column: Column): Source | null {
	if (column.kind === 'notifications') return null;
	if (column.kind === 'list') return list(column.id ?? '');
	if (column.kind === 'tag') return tag(column.id ?? '');
	return SOURCES[column.kind];
}
