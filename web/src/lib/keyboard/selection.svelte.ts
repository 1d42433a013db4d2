/** Which list hears j, k and the keys that act on a status: the one that was used last. */
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

/** Make the list of the calling component the one that keys act on, while it is there. */
export function provideSelection(list: Selectable): void {
	$effect(() => {
		selection.list = list;
		return () => {
			if (selection.list === list) selection.list = null;
		};
	});
}
