/** Which list hears j, k and the keys that act on a status: the one that was used last. */
import { getContext, setContext, untrack } from 'svelte';
import type { Status } from '#lib/api/types.ts';

export interface Selectable {
	count(): number;
	/** The status at `index`, if there is one. */
	status(index: number): Status | null;
	/** Scroll so that `index` is there. */
	reveal(index: number): void;
	/** Show what waits above. */
	newer?(): void;
}

class Selection {
	list = $state.raw<Selectable | null>(null);
}

export const selection = new Selection();

const COLUMN = Symbol('column');

interface Holder {
	list: Selectable | null;
}

/** Let the lists within the calling component be heard while the focus is in it. @returns what to call then. */
export function provideColumn(): () => void {
	const holder: Holder = { list: null };
	setContext(COLUMN, holder);
	return () => {
		if (holder.list) selection.list = holder.list;
	};
}

/** Make the list of the calling component the one that keys act on, while it is there. */
export function provideSelection(list: Selectable): void {
	const column = getContext<Holder | undefined>(COLUMN);
	$effect(() => {
		if (column) column.list = list;
		if (!column || !untrack(() => selection.list)) selection.list = list;
		return () => {
			if (selection.list === list) selection.list = null;
		};
	});
}
