/** The timelines that a window has opened, kept so that going back finds them as they were. */
import type { Session } from '#lib/session/session.svelte.ts';
import { Timeline, type Source } from './timeline.svelte';

/** Home and a few others stay; of the rest the ones seen last. */
const KEPT = 24;

export class Timelines {
	#kept = new Map<string, Timeline>();

	constructor(private readonly session: Session) {}

	get(source: Source): Timeline {
		const found = this.#kept.get(source.key) ?? new Timeline(this.session, source);
		this.#kept.delete(source.key);
		this.#kept.set(source.key, found);
		for (const key of this.#kept.keys()) {
			if (this.#kept.size <= KEPT) break;
			if (key !== 'home') this.#kept.delete(key);
		}
		return found;
	}

	/** Take statuses out of all timelines, e.g. deleted ones or those of somebody who was blocked. */
	removeEverywhere(which: Parameters<Timeline['remove']>[0]): void {
		for (const timeline of this.#kept.values()) timeline.remove(which);
	}
}
