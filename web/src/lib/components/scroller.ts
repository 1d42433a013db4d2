/** What scrolls: the window, or the column around. */
import { getContext, setContext } from 'svelte';
import type { VirtualizerHandle } from 'virtua/svelte';

/** The measured heights of a list, to be given back to it when it is shown again. */
export type Sizes = ReturnType<VirtualizerHandle['getCache']>;

export interface Scroller {
	/** Set for a column. */
	element?: () => HTMLElement | undefined;
	offset(): number;
	scrollTo(offset: number): void;
}

const CONTEXT = Symbol('scroller');

const page: Scroller = {
	offset: () => window.scrollY,
	scrollTo: (top) => window.scrollTo({ top, behavior: 'instant' })
};

export function useScroller(): Scroller {
	return getContext<Scroller | undefined>(CONTEXT) ?? page;
}

/** Let lists within a column scroll with it. */
export function provideScroller(element: () => HTMLElement | undefined): void {
	setContext<Scroller>(CONTEXT, {
		element,
		offset: () => element()?.scrollTop ?? 0,
		scrollTo: (top) => element()?.scrollTo({ top, behavior: 'instant' })
	});
}
