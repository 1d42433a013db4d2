/** What happens while one looks: one WebSocket for all that is shown, made anew when it is cut. */
import { createStreamingAPIClient, type mastodon } from 'masto';
import type { Session } from '#lib/session/session.svelte.ts';

export type Channel =
	| { name: 'user' }
	| { name: 'public' | 'local' }
	| { name: 'direct' }
	| { name: 'list'; list: string }
	| { name: 'hashtag'; tag: string };

export type LiveEvent = mastodon.streaming.Event;

interface Listener {
	channel: Channel;
	onEvent: (event: LiveEvent) => void;
	/** The connection was cut in between: load what was missed. */
	onGap?: () => void;
}

const RETRY_MS = [1_000, 3_000, 10_000, 30_000, 60_000];

export class Live {
	#listeners = new Set<Listener>();
	#client: mastodon.streaming.Client | null = null;
	#started = false;
	#failures = 0;

	constructor(private readonly session: Session) {
		addEventListener('online', () => this.#reconnect());
	}

	/** Begin, once the server's streaming address is known. */
	start(): void {
		this.#started = true;
		if (this.#client) return;
		this.#connect();
		void this.#catchUp();
	}

	/** What came after the screen was loaded, and before anybody listened. */
	async #catchUp(): Promise<void> {
		const early = [...this.#listeners];
		try {
			await this.#client?.prepare();
		} catch {
			return; // Connecting anew loads it.
		}
		for (const listener of early) {
			if (this.#client && this.#listeners.has(listener)) listener.onGap?.();
		}
	}

	/** Hear of `channel`. @returns what ends it. */
	listen(channel: Channel, onEvent: (event: LiveEvent) => void, onGap?: () => void): () => void {
		const listener = { channel, onEvent, onGap };
		this.#listeners.add(listener);
		const stop = this.#client ? this.#subscribe(listener) : undefined;
		if (stop) this.#stops.set(listener, stop);
		return () => {
			this.#listeners.delete(listener);
			this.#stops.get(listener)?.();
			this.#stops.delete(listener);
		};
	}

	#stops = new Map<Listener, () => void>();

	#connect(): void {
		const url = this.session.instance?.configuration.urls?.streaming;
		if (!this.#started || !url) return;
		this.#client = createStreamingAPIClient({
			streamingApiUrl: url,
			accessToken: this.session.stored.token
		});
		for (const listener of this.#listeners) {
			this.#stops.set(listener, this.#subscribe(listener));
		}
	}

	/** Masto's client connects anew by itself; when it gives up, we do. */
	#subscribe(listener: Listener): () => void {
		const client = this.#client;
		if (!client) return () => {};
		const subscription = open(client, listener.channel);
		void (async () => {
			try {
				for await (const event of subscription) {
					this.#failures = 0;
					listener.onEvent(event);
				}
			} catch {
				// Cut: see below.
			}
			if (this.#client === client && this.#listeners.has(listener)) this.#later();
		})();
		return () => subscription.unsubscribe();
	}

	#timer: ReturnType<typeof setTimeout> | undefined;

	#later(): void {
		if (this.#timer) return;
		const wait = RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)]!;
		this.#timer = setTimeout(() => this.#reconnect(), wait);
	}

	#reconnect(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (!this.#started) return;
		for (const stop of this.#stops.values()) stop();
		this.#stops.clear();
		this.#client?.close();
		this.#client = null;
		this.#connect();
		for (const listener of this.#listeners) listener.onGap?.();
	}
}

function open(
	client: mastodon.streaming.Client,
	channel: Channel
): mastodon.streaming.Subscription {
	switch (channel.name) {
		case 'user':
			return client.user.subscribe();
		case 'public':
			return client.public.subscribe();
		case 'local':
			return client.public.local.subscribe();
		case 'direct':
			return client.direct.subscribe();
		case 'list':
			return client.list.subscribe({ list: channel.list });
		case 'hashtag':
			return client.hashtag.subscribe({ tag: channel.tag });
	}
}
