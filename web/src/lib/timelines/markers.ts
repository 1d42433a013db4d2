/** How far the member has read at home, the same on all devices (https://docs.joinmastodon.org/methods/markers/). */
import { takeEarly } from '#lib/api/early.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import { isOlder } from './items';

type Markers = Awaited<ReturnType<Session['rest']['v1']['markers']['fetch']>>;

/** Asked for by src/app.html. */
const EARLY = '/api/v1/markers?timeline[]=home';
const SAVE_MS = 3_000;

export class HomeMarker {
	#readId: string | null = null;
	#savedId: string | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(private readonly session: Session) {
		document.addEventListener('visibilitychange', () => {
			if (document.hidden) void this.#save();
		});
	}

	/** The newest status that was read on any device; null if that is not known. */
	async fetch(): Promise<string | null> {
		try {
			const markers =
				(await takeEarly<Markers>(this.session.key, EARLY)) ??
				(await this.session.rest.v1.markers.fetch({ timeline: ['home'] }));
			this.#readId = this.#savedId = markers.home?.lastReadId ?? null;
		} catch {
			// Without it one begins at the newest.
		}
		return this.#readId;
	}

	/** `id` is the topmost that is seen. Markers go forward only: reading older ones again takes nothing back. */
	read(id: string): void {
		if (this.#readId && !isOlder(this.#readId, id)) return;
		this.#readId = id;
		this.#timer ??= setTimeout(() => void this.#save(), SAVE_MS);
	}

	async #save(): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const id = this.#readId;
		if (!id || id === this.#savedId) return;
		this.#savedId = id;
		try {
			// Kept alive: windows save when they close, too.
			await this.session
				.at('v1/markers')
				.create({ home: { lastReadId: id } }, { requestInit: { keepalive: true } });
		} catch {
			this.#savedId = null;
		}
	}
}
