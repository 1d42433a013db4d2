/** Whether there is a network, as far as the browser knows, and which servers don't answer although there is one. */
import { SvelteSet } from 'svelte/reactivity';

const ASK_AGAIN_MS = [3_000, 5_000, 10_000, 30_000];

class Network {
	online = $state(navigator.onLine);
	/** Origins of servers that can't be reached, or answer with errors of their own. */
	readonly failing = new SvelteSet<string>();
	readonly #onBack = new Set<(server: string) => void>();

	constructor() {
		addEventListener('online', () => (this.online = true));
		addEventListener('offline', () => (this.online = false));
		// The service worker shows what it kept, and says that it had to.
		navigator.serviceWorker?.addEventListener('message', ({ data }) => {
			const said = data as { type?: string; server?: string } | null;
			if (said?.type === 'failing' && said.server) this.fail(said.server);
		});
	}

	/** `server` didn't answer: it is asked until it does. */
	fail(server: string): void {
		if (!this.online || this.failing.has(server)) return;
		this.failing.add(server);
		this.#askLater(server, 0);
	}

	/** Call `run` with each server that answers again. */
	onBack(run: (server: string) => void): void {
		this.#onBack.add(run);
	}

	#askLater(server: string, times: number): void {
		const wait = ASK_AGAIN_MS[Math.min(times, ASK_AGAIN_MS.length - 1)];
		setTimeout(() => void this.#ask(server, times + 1), wait);
	}

	async #ask(server: string, times: number): Promise<void> {
		if (!(await answers(server))) return this.#askLater(server, times);
		this.failing.delete(server);
		for (const run of this.#onBack) run(server);
	}
}

async function answers(server: string): Promise<boolean> {
	try {
		// The first description of itself: every server has it.
		const answer = await fetch(new URL('/api/v1/instance', server), { cache: 'no-store' });
		return answer.status < 500;
	} catch {
		return false;
	}
}

export const network = new Network();
