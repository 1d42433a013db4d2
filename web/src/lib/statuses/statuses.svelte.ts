/** Every status that this window knows, once: whoever shows one sees what happens to it. */
import { SvelteMap } from 'svelte/reactivity';
import type { Status } from '#lib/api/types.ts';

export class Statuses {
	#kept = new SvelteMap<string, Status>();

	/** `overlay` adds what the member did and the server has not heard of yet. */
	constructor(private readonly overlay: (status: Status) => Status = (status) => status) {}

	/** The newest that is known of a status (reactive). */
	get(id: string): Status | undefined {
		return this.#kept.get(id);
	}

	/** Keep what the server said, with what it boosts and quotes. */
	keep(...statuses: readonly Status[]): void {
		for (const status of statuses) {
			this.#kept.set(status.id, this.overlay(status));
			if (status.reblog) this.keep(status.reblog);
			const quoted = quotedStatus(status);
			if (quoted) this.keep(quoted);
		}
	}

	/** Show again what waits to be sent, over what was kept before that was known. */
	refresh(): void {
		for (const status of [...this.#kept.values()]) {
			const shown = this.overlay(status);
			if (shown !== status) this.#kept.set(status.id, shown);
		}
	}

	/** Change what is shown of a status before the server has answered. */
	patch(id: string, changes: Partial<Status>): void {
		const known = this.#kept.get(id);
		if (known) this.#kept.set(id, { ...known, ...changes });
	}

	/** What was deleted: nobody shows it any more. */
	forget(id: string): void {
		this.#kept.delete(id);
	}

	/** Change all statuses of which `which` is true, e.g. those of an account that was muted. */
	patchAll(which: (status: Status) => boolean, changes: Partial<Status>): void {
		for (const status of this.#kept.values()) if (which(status)) this.patch(status.id, changes);
	}
}

/** The status that `status` quotes, if its reader may see it. */
export function quotedStatus(status: Status): Status | null {
	const quote = status.quote;
	return quote && 'quotedStatus' in quote ? (quote.quotedStatus ?? null) : null;
}

/** What a status is about: the original of a boost, or itself. */
export function original(status: Status): Status {
	return status.reblog ?? status;
}
