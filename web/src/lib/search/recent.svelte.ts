/** What was searched for last, in this browser alone. */
import { SvelteMap } from 'svelte/reactivity';
import type { Session } from '#lib/session/session.svelte.ts';

const KEPT = 8;
const shown = new SvelteMap<string, string[]>();

export function recent(session: Session): string[] {
	const known = shown.get(session.key);
	if (known) return known;
	try {
		const stored: unknown = JSON.parse(localStorage.getItem(name(session)) ?? '[]');
		return Array.isArray(stored) ? stored.filter((each) => typeof each === 'string') : [];
	} catch {
		return [];
	}
}

export function remember(session: Session, query: string): void {
	const all = [query, ...recent(session).filter((each) => each !== query)].slice(0, KEPT);
	localStorage.setItem(name(session), JSON.stringify(all));
	shown.set(session.key, all);
}

export function forget(session: Session): void {
	localStorage.removeItem(name(session));
	shown.set(session.key, []);
}

function name(session: Session): string {
	return `rostra.searches.${session.key}`;
}
