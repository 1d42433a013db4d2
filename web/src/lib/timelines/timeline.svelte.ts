/** A list of statuses that grows at both ends, and keeps its place. */
import type { Sizes } from '#lib/components/scroller.ts';
import { takeEarly } from '#lib/api/early.ts';
import { errorText } from '#lib/api/errors.ts';
import { isLeaving } from '#lib/outbox/overlay.ts';
import type { Client, Status } from '#lib/api/types.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import type { Channel, LiveEvent } from '#lib/streaming/live.ts';
import { isOlder, justAbove, statusesOf, toItems, without, type Gap, type Item } from './items';
import { HomeMarker } from './markers';

export const PAGE = 40;
/** Of the first page, which has to be there quickly. */
const FIRST_PAGE = 20;
/** Posts around which the same one is not shown again because somebody boosted it. */
const NEAR = 40;
/** Who opens a timeline that was loaded just now need not ask again. */
const JUST_NOW_MS = 2_000;

export interface PageParams {
	limit: number;
	maxId?: string;
	sinceId?: string;
	minId?: string;
}

/** Where a timeline's statuses come from. */
export interface Source {
	/** Unique in a session: `home`, `tag/berlin`. */
	key: string;
	load(rest: Client, params: PageParams): PromiseLike<Status[]>;
	/** Page by page along Link headers, where ids don't say where a page ends (bookmarks): replaces `load`. */
	pages?(rest: Client): AsyncIterable<Status[]>;
	channel?: Channel;
	/** Filters hide there: home, notifications, public, thread, account. */
	context: string;
	/** Newest posts first and new ones wait above; false: lists that only grow at the end (search). */
	live?: boolean;
	/** Where the first page may have been asked for already (src/app.html). */
	early?: string;
	/** Whether boosts in a row are folded into one item. */
	foldsBoosts?: boolean;
	/** Whether reading begins where it ended, on whatever device. */
	marked?: boolean;
}

/** Where its reader was. */
export interface Place {
	sizes: Sizes | undefined;
	offset: number;
}

export class Timeline {
	items = $state.raw<Item[]>([]);
	/** New ones, waiting above. */
	pending = $state.raw<Status[]>([]);
	loading = $state<'older' | 'newer' | null>(null);
	error = $state<string | null>(null);
	complete = $state(false);
	loaded = $state(false);
	/** True while items are put in front, so that what is seen stays where it is. */
	prepending = $state(false);
	/** The first item below what was put above it last: there its reader left off. */
	leftOffId = $state<string | null>(null);
	place: Place | null = null;
	readonly #marker: HomeMarker | null;

	constructor(
		private readonly session: Session,
		readonly source: Source
	) {
		this.#marker = source.marked ? new HomeMarker(session) : null;
	}

	/** The newest status that is shown. */
	get newestId(): string | undefined {
		return this.items.find((each) => each.kind !== 'gap')?.id;
	}

	#askedAt = 0;
	/** The oldest that was loaded, be it shown or not. */
	#oldestId: string | undefined;

	/** Whether more wait above than are known. */
	get isMorePending(): boolean {
		return this.#gapBelow !== null;
	}

	/** `id` is the topmost that is seen. */
	read(id: string): void {
		this.#marker?.read(id);
	}

	/** Load the first page, if nothing is there yet. */
	async open(): Promise<void> {
		if (!this.loaded && !this.loading) await this.#openFirst();
		else if (this.source.live && Date.now() - this.#askedAt > JUST_NOW_MS) await this.checkNewer();
	}

	/** Forget all, and load anew: when what is being loaded has come. */
	async reload(): Promise<void> {
		if (this.loading) {
			this.#reloadWanted = true;
			return;
		}
		this.items = [];
		this.pending = [];
		this.complete = false;
		this.loaded = false;
		this.place = null;
		this.#pages = null;
		this.#oldestId = undefined;
		await this.loadOlder();
	}

	async loadOlder(): Promise<void> {
		await this.#load(async () => this.#append(await this.#nextPage()));
	}

	/** The first page: where its reader left off, with what is newer waiting above. */
	async #openFirst(): Promise<void> {
		await this.#load(async () => {
			const [page, readId] = await Promise.all([this.#nextPage(), this.#marker?.fetch()]);
			if (!readId || !page[0] || !isOlder(readId, page[0].id)) return this.#append(page);
			const newer = page.filter((each) => isOlder(readId, each.id));
			const below =
				newer.length < page.length ? page.slice(newer.length) : await this.#upTo(readId);
			if (!below.length) return this.#append(page);
			if (newer.length === page.length) this.#gapBelow = page.at(-1)!.id;
			this.#append(below);
			this.session.statuses.keep(...newer);
			this.#wait(newer);
		});
	}

	/** The page that begins with `id`. */
	async #upTo(id: string): Promise<Status[]> {
		const maxId = justAbove(id);
		return maxId ? this.source.load(this.session.rest, { limit: FIRST_PAGE, maxId }) : [];
	}

	async #load(work: () => Promise<void>): Promise<void> {
		if (this.loading || this.complete) return;
		this.loading = 'older';
		this.error = null;
		this.#askedAt = Date.now();
		try {
			await work();
			this.loaded = true;
		} catch (error) {
			this.error = errorText(error);
		} finally {
			this.loading = null;
			this.#askWanted();
		}
	}

	#append(statuses: readonly Status[]): void {
		this.session.statuses.keep(...statuses);
		const fresh = this.#unseen(statuses).filter(
			(each) => !isLeaving(each.id, this.session.outbox.waiting)
		);
		this.items = [...this.items, ...this.#toItems(fresh)];
		this.#oldestId = statuses.at(-1)?.id ?? this.#oldestId;
		this.complete = statuses.length === 0;
	}

	#toItems(statuses: readonly Status[]): Item[] {
		return toItems(statuses, this.source.foldsBoosts);
	}

	#pages: AsyncIterator<Status[]> | null = null;

	async #nextPage(): Promise<Status[]> {
		const { pages, load } = this.source;
		if (pages) {
			this.#pages ??= pages(this.session.rest)[Symbol.asyncIterator]();
			const next = await this.#pages.next();
			return next.done ? [] : next.value;
		}
		const maxId = this.#oldestId;
		const early = !maxId && this.source.early;
		const asked = early && (await takeEarly<Status[]>(this.session.key, early));
		if (asked) return asked;
		const limit = maxId ? PAGE : FIRST_PAGE;
		return load(this.session.rest, { limit, ...(maxId ? { maxId } : {}) });
	}

	/** Ask for what is newer; it waits above. Where more came than a page holds, a gap is left that can be filled. */
	async checkNewer(): Promise<void> {
		const sinceId = this.pending[0]?.id ?? this.newestId;
		if (!this.loaded) return;
		if (this.loading) {
			this.#newerWanted = true;
			return;
		}
		if (!sinceId && this.source.pages) return this.reload();
		this.loading = 'newer';
		try {
			const since = sinceId ? { sinceId } : {};
			const statuses = await this.source.load(this.session.rest, { limit: PAGE, ...since });
			this.session.statuses.keep(...statuses);
			// Where nothing was, what is shown instead stays until its reader wants to see what came.
			if (!sinceId) {
				this.#oldestId = statuses.at(-1)?.id;
				this.complete = !statuses.length;
			} else if (statuses.length >= PAGE) {
				// What waited before lies within the gap now.
				this.#gapBelow = statuses.at(-1)!.id;
				this.pending = [];
			}
			this.#wait(statuses);
		} catch {
			// What is there stays readable; the next look asks again.
		} finally {
			this.loading = null;
			this.#askWanted();
		}
	}

	#newerWanted = false;
	#reloadWanted = false;

	/** Ask for what was wanted while something else was being loaded. */
	#askWanted(): void {
		if (this.#reloadWanted) {
			this.#reloadWanted = this.#newerWanted = false;
			void this.reload();
			return;
		}
		if (!this.#newerWanted) return;
		this.#newerWanted = false;
		void this.checkNewer();
	}

	#gapBelow = $state<string | null>(null);

	/** Put what waits above into the list. */
	reveal(): void {
		if (!this.pending.length) return;
		const known = this.#ids();
		const fresh = this.pending.filter((each) => !known.has(each.id));
		const sinceId = this.newestId;
		const maxId = this.#gapBelow;
		const below = maxId ? fresh.findIndex((each) => each.id === maxId) + 1 : 0;
		const items = this.#toItems(fresh.slice(0, below || undefined));
		if (maxId && sinceId) items.push({ kind: 'gap', id: `gap-${maxId}`, maxId, sinceId });
		if (below) items.push(...this.#toItems(fresh.slice(below)));
		this.#gapBelow = null;
		this.leftOffId = sinceId ?? null;
		this.prepending = true;
		this.items = [...items, ...this.items];
		this.pending = [];
	}

	/** Load what is missing at a gap: its newest page; what is still missing stays a gap. */
	async fill(gap: Gap): Promise<void> {
		const statuses = await this.source.load(this.session.rest, {
			limit: PAGE,
			maxId: gap.maxId,
			sinceId: gap.sinceId
		});
		this.session.statuses.keep(...statuses);
		const at = this.items.findIndex((each) => each.id === gap.id);
		if (at < 0) return;
		const last = statuses.at(-1);
		const rest: Item[] =
			last && statuses.length >= PAGE ? [{ ...gap, id: `gap-${last.id}`, maxId: last.id }] : [];
		const known = this.#ids();
		const fresh = this.#toItems(statuses.filter((each) => !known.has(each.id)));
		this.items = [...this.items.slice(0, at), ...fresh, ...rest, ...this.items.slice(at + 1)];
	}

	/** Of all statuses that are shown. */
	#ids(): Set<string> {
		return new Set(this.items.flatMap((each) => statusesOf(each).map((one) => one.id)));
	}

	/** Listen while it is shown. @returns what ends it. */
	listen(): () => void {
		if (!this.source.channel) return () => {};
		return this.session.live.listen(
			this.source.channel,
			(event) => this.#hear(event),
			() => void this.checkNewer()
		);
	}

	/** Show a status of one's own at once. */
	prepend(status: Status): void {
		this.session.statuses.keep(status);
		if (this.#ids().has(status.id)) return;
		this.prepending = true;
		this.items = [...toItems([status]), ...this.items];
	}

	/** Put a status back where it was by its time. */
	restore(status: Status): void {
		const at = this.items.findIndex((each) => isOlder(each.id, status.id));
		const place = at < 0 ? this.items.length : at;
		this.items = [...this.items.slice(0, place), ...toItems([status]), ...this.items.slice(place)];
	}

	remove(which: (status: Status) => boolean): void {
		this.items = this.items.flatMap((each) => without(each, which) ?? []);
		this.pending = this.pending.filter((each) => !which(each));
	}

	#hear(event: LiveEvent): void {
		if (event.event === 'update') {
			this.session.statuses.keep(event.payload as Status);
			this.#wait([event.payload as Status]);
		} else if (event.event === 'status.update') {
			this.session.statuses.keep(event.payload as Status);
		} else if (event.event === 'delete') {
			const id = event.payload;
			this.remove((status) => status.id === id || status.reblog?.id === id);
		}
	}

	/** Those that are not there yet; what several boost within sight of one another is shown once. */
	#unseen(statuses: readonly Status[]): Status[] {
		const shown = this.items.flatMap((each) => [...statusesOf(each)]);
		const near = [...shown.slice(0, NEAR), ...shown.slice(-NEAR), ...this.pending];
		const known = new Set([...shown, ...this.pending].map((each) => each.id));
		const originals = new Set(near.map((each) => (each.reblog ?? each).id));
		return statuses.filter((each) => {
			if (known.has(each.id) || (each.reblog && originals.has(each.reblog.id))) return false;
			originals.add((each.reblog ?? each).id);
			return true;
		});
	}

	#wait(statuses: readonly Status[]): void {
		const fresh = this.#unseen(statuses);
		if (fresh.length) this.pending = [...fresh, ...this.pending];
	}
}
