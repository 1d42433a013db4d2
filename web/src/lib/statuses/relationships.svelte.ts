/** How the member stands to others, loaded for many at once. */
import { SvelteMap } from 'svelte/reactivity';
import type { Client, Relationship } from '#lib/api/types.ts';

const AT_ONCE = 40;

export class Relationships {
	#kept = new SvelteMap<string, Relationship>();
	#wanted = new Set<string>();
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(
		private readonly rest: Client,
		private readonly overlay: (relationship: Relationship) => Relationship
	) {}

	/** What is known (reactive); asks the server when nothing is. */
	get(accountId: string): Relationship | undefined {
		const known = this.#kept.get(accountId);
		if (!known) this.#ask(accountId);
		return known;
	}

	keep(...relationships: readonly Relationship[]): void {
		for (const each of relationships) this.#kept.set(each.id, this.overlay(each));
	}

	patch(accountId: string, changes: Partial<Relationship>): void {
		const known = this.#kept.get(accountId);
		if (known) this.#kept.set(accountId, { ...known, ...changes });
	}

	#ask(accountId: string): void {
		this.#wanted.add(accountId);
		this.#timer ??= setTimeout(() => void this.#load(), 20);
	}

	async #load(): Promise<void> {
		this.#timer = undefined;
		const ids = [...this.#wanted].slice(0, AT_ONCE);
		for (const id of ids) this.#wanted.delete(id);
		if (this.#wanted.size) this.#timer = setTimeout(() => void this.#load(), 20);
		try {
			this.keep(...(await this.rest.v1.accounts.relationships.fetch({ id: ids })));
		} catch {
			// Buttons stay as they are; the next look asks again.
		}
	}
}
