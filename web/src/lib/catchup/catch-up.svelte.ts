/** What happened at home since a time: all of it, by who brought it there. */
import { errorText } from '#lib/api/errors.ts';
import type { Account, PreviewCard, Status } from '#lib/api/types.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import { original } from '#lib/statuses/statuses.svelte.ts';

const PAGE = 40;
/** More is not read back: who was away for longer begins with the newest. */
const MOST_PAGES = 20;
const HOUR_MS = 3_600_000;

export type Kind = 'all' | 'posts' | 'replies' | 'boosts' | 'media' | 'links';
export const KINDS: Kind[] = ['all', 'posts', 'replies', 'boosts', 'media', 'links'];
export type Order = 'fewest' | 'most' | 'newest';
export const ORDERS: Order[] = ['fewest', 'most', 'newest'];

/** Somebody, and what they brought, the most noticed first. */
export interface Voice {
	account: Account;
	statuses: Status[];
}

/** A page that was shared, and by how many. */
export interface Shared {
	card: PreviewCard;
	people: Account[];
}

export class CatchUp {
	statuses = $state.raw<Status[]>([]);
	loading = $state(false);
	loaded = $state(false);
	/** Older ones exist that were not read. */
	cut = $state(false);
	error = $state('');
	kind = $state<Kind>('all');
	order = $state<Order>('fewest');
	#run = 0;

	constructor(private readonly session: Session) {}

	/** Read home back for `hours`. A second call ends the first. */
	async load(hours: number): Promise<void> {
		const run = ++this.#run;
		const since = Date.now() - hours * HOUR_MS;
		this.loading = true;
		this.loaded = this.cut = false;
		this.error = '';
		this.statuses = [];
		try {
			for (let page = 0; page < MOST_PAGES; page++) {
				const maxId = this.statuses.at(-1)?.id;
				const found = (await this.session.rest.v1.timelines.home.list({
					limit: PAGE,
					...(maxId ? { maxId } : {})
				})) as Status[];
				if (run !== this.#run) return;
				const within = found.filter((each) => Date.parse(each.createdAt) >= since);
				this.session.statuses.keep(...within);
				this.statuses = [...this.statuses, ...within];
				if (within.length < found.length || !found.length) break;
				this.cut = page === MOST_PAGES - 1;
			}
			this.loaded = true;
		} catch (error) {
			this.error = errorText(error);
		} finally {
			if (run === this.#run) this.loading = false;
		}
	}

	/** Those of the kind that was asked for; what several boost is there once. */
	chosen = $derived.by(() => {
		const seen = new Set<string>();
		return this.statuses.filter((each) => {
			const { id } = original(each);
			if (!isOf(each, this.kind) || seen.has(id)) return false;
			seen.add(id);
			return true;
		});
	});

	voices: Voice[] = $derived.by(() => {
		const by = new Map<string, Voice>();
		for (const status of this.chosen) {
			const voice: Voice = by.get(status.account.id) ?? { account: status.account, statuses: [] };
			voice.statuses.push(status);
			by.set(status.account.id, voice);
		}
		const voices = [...by.values()];
		for (const { statuses } of voices) statuses.sort((a, b) => noticed(b) - noticed(a));
		if (this.order === 'newest') return voices;
		const way = this.order === 'fewest' ? 1 : -1;
		return voices.sort((a, b) => way * (a.statuses.length - b.statuses.length));
	});

	/** Pages that more than one shared, most shared first. */
	shared: Shared[] = $derived.by(() => {
		const by = new Map<string, Shared>();
		for (const status of this.statuses) {
			const { card } = original(status);
			if (!card) continue;
			const found = by.get(card.url) ?? { card, people: [] };
			if (!found.people.some((each) => each.id === status.account.id)) {
				found.people.push(status.account);
			}
			by.set(card.url, found);
		}
		return [...by.values()]
			.filter((each) => each.people.length > 1)
			.sort((a, b) => b.people.length - a.people.length)
			.slice(0, 5);
	});
}

function noticed(status: Status): number {
	const { favouritesCount, reblogsCount, repliesCount } = original(status);
	return favouritesCount + 2 * reblogsCount + repliesCount;
}

function isOf(status: Status, kind: Kind): boolean {
	const { mediaAttachments, card, inReplyToId } = original(status);
	switch (kind) {
		case 'all':
			return true;
		case 'posts':
			return !status.reblog && !inReplyToId;
		case 'replies':
			return !status.reblog && !!inReplyToId;
		case 'boosts':
			return !!status.reblog;
		case 'media':
			return mediaAttachments.length > 0;
		case 'links':
			return !!card;
	}
}
