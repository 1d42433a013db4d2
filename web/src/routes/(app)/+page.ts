import { accounts } from '#lib/session/accounts.svelte.ts';
import { openSession } from '#lib/session/session.svelte.ts';
import { home } from '#lib/timelines/sources.ts';

/** Ask for what is shown first before there is a page to show it on. */
export function load(): void {
	if (!accounts.current) return;
	const timeline = openSession(accounts.current).timelines.get(home);
	if (!timeline.loaded) void timeline.open();
}
