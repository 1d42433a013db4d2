/** What a reader has unfolded: warnings, hidden media, filtered statuses; kept while the window is open. */
import { SvelteSet } from 'svelte/reactivity';
import type { Status } from '#lib/api/types.ts';
import { reading } from '#lib/settings/reading.svelte.ts';

class Opened {
	#ids = new SvelteSet<string>();

	has(id: string): boolean {
		return this.#ids.has(id);
	}

	toggle(id: string): void {
		if (!this.#ids.delete(id)) this.#ids.add(id);
	}
}

/** Under this a long text is unfolded. */
export function textFold(status: { id: string }): string {
	return `text-${status.id}`;
}

export const opened = new Opened();

/** Whether the text waits behind its warning. */
export function isCovered(status: Status): boolean {
	return !!status.spoilerText && opened.has(status.id) === reading.current.opensWarnings;
}

export function mediaFold(status: { id: string }): string {
	return `media-${status.id}`;
}

/** Whether pictures are hidden until somebody wants to see them; behind a warning it hides them. */
export function hidesMedia(status: Status): boolean {
	return (
		status.sensitive &&
		!status.spoilerText &&
		opened.has(mediaFold(status)) === reading.current.showsSensitive
	);
}
