/** What a reader has unfolded: warnings, hidden media, filtered statuses; kept while the window is open. */
import { SvelteSet } from 'svelte/reactivity';

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
