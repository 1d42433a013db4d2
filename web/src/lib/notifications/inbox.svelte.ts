/** The member's notifications: what was loaded, what waits above, and how far they were read. */
import { errorText } from '#lib/api/errors.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import { badges } from '#lib/shell/badges.svelte.ts';
import type { Place } from '#lib/timelines/timeline.svelte.ts';
import { load, PAGE, type Group, type Kind } from './groups';

const kept = new Map<string, Inbox>();
/** So many pages of newer ones are loaded at once; with more, one begins anew at the newest. */
const MOST_PAGES = 5;
const RETRY_MS = 3_000;
const MOST_RETRIES = 3;

export class Inbox {
	groups = $state.raw<Group[]>([]);
	pending = $state.raw<Group[]>([]);
	/** The newest that was read before this visit. */
	readId = $state<string | null>(null);
	loading = $state(false);
	loaded = $state(false);
	complete = $state(false);
	prepending = $state(false);
	error = $state('');
	place: Place | null = null;

	constructor(
		private readonly session: Session,
		readonly kind: Kind
	) {}

	async open(): Promise<void> {
		// What was new at the last visit is not new any more.
		await this.#fetchReadId();
		if (this.loaded) return this.checkNewer();
		await this.loadOlder();
		await this.markRead();
	}

	async #fetchReadId(): Promise<void> {
		try {
			const markers = await this.session.rest.v1.markers.fetch({ timeline: ['notifications'] });
			this.readId = markers.notifications?.lastReadId ?? null;
		} catch {
			// Without it nothing is marked as new.
		}
	}

	async loadOlder(): Promise<void> {
		if (this.loading || this.complete) return;
		this.loading = true;
		this.error = '';
		try {
			const maxId = this.groups.at(-1)?.oldestId;
			const found = await load(this.session, this.kind, maxId ? { maxId } : {});
			const known = new Set(this.groups.map((each) => each.id));
			this.groups = [...this.groups, ...found.filter((each) => !known.has(each.id))];
			this.complete = found.length === 0;
			this.loaded = true;
		} catch (error) {
			this.error = errorText(error);
		} finally {
			this.loading = false;
		}
	}

	#asking: Promise<void> | null = null;
	#askAgain = false;

	/** Ask for what is newer; it waits above. Once at a time: answers that overtake one another mix up the order. */
	async checkNewer(): Promise<void> {
		// Each reason to look is worth as many tries as the first.
		this.#failures = 0;
		await this.#look();
	}

	#failures = 0;
	#retry: ReturnType<typeof setTimeout> | undefined;

	async #look(): Promise<void> {
		if (!this.loaded) return;
		clearTimeout(this.#retry);
		this.#askAgain = true;
		this.#asking ??= this.#askNewer().finally(() => (this.#asking = null));
		await this.#asking;
	}

	async #askNewer(): Promise<void> {
		while (this.#askAgain) {
			this.#askAgain = false;
			const sinceId = this.pending[0]?.newestId ?? this.groups[0]?.newestId;
			try {
				const found = await this.#allNewer(sinceId);
				const fresh = new Set(found.map((each) => each.id));
				this.pending = [...found, ...this.pending.filter((each) => !fresh.has(each.id))];
				this.#failures = 0;
			} catch {
				// Networks that have just come back often fail once more; later, the next look asks again.
				if (this.#failures++ >= MOST_RETRIES) continue;
				clearTimeout(this.#retry);
				this.#retry = setTimeout(() => void this.#look(), RETRY_MS);
			}
		}
	}

	/** All that is newer than `sinceId`, page by page: a page holds the newest, and there may be more below. */
	async #allNewer(sinceId: string | undefined): Promise<Group[]> {
		const found: Group[] = [];
		for (let page = 0; page < MOST_PAGES; page++) {
			const maxId = found.at(-1)?.oldestId;
			const range = { ...(sinceId ? { sinceId } : {}), ...(maxId ? { maxId } : {}) };
			const more = await load(this.session, this.kind, range);
			const known = new Set(found.map((each) => each.id));
			found.push(...more.filter((each) => !known.has(each.id)));
			if (!sinceId || more.length < PAGE) return found;
		}
		// Too many to join them: what is below has to be loaded anew.
		this.groups = [];
		this.complete = false;
		return found;
	}

	/** Put what waits above into the list: groups that have grown move up. */
	async reveal(): Promise<void> {
		const fresh = new Set(this.pending.map((each) => each.id));
		this.prepending = true;
		this.groups = [...this.pending, ...this.groups.filter((each) => !fresh.has(each.id))];
		this.pending = [];
		await this.markRead();
	}

	/** Tell the member's other devices how far they were read. */
	async markRead(): Promise<void> {
		const newest = this.groups[0]?.newestId;
		// Mentions alone are a part of what is new.
		if (!newest || this.kind !== 'all') return;
		badges.clear();
		try {
			await this.session.rest.v1.markers.create({ notifications: { lastReadId: newest } });
		} catch {
			// The next visit tells them.
		}
	}

	isNew(group: Group): boolean {
		return this.readId !== null && newer(group.newestId, this.readId);
	}

	async dismiss(group: Group): Promise<void> {
		this.groups = this.groups.filter((each) => each.id !== group.id);
		try {
			await (group.grouped
				? this.session.at('v2/notifications', group.id, 'dismiss').create()
				: this.session.rest.v1.notifications.$select(group.id).dismiss());
		} catch (error) {
			this.session.toasts.failure(errorText(error));
			this.groups = [...this.groups, group].sort((a, b) =>
				newer(a.newestId, b.newestId) ? -1 : 1
			);
		}
	}

	async clear(): Promise<void> {
		await this.session.rest.v1.notifications.clear();
		this.groups = [];
		this.pending = [];
		badges.clear();
	}
}

/** Ids are numbers as texts, too long for numbers. */
function newer(one: string, other: string): boolean {
	return one.length === other.length ? one > other : one.length > other.length;
}

/** The inbox of a session; kept, so that going back finds it as it was. */
export function inbox(session: Session, kind: Kind): Inbox {
	const key = `${session.key}/${kind}`;
	let found = kept.get(key);
	if (!found) kept.set(key, (found = new Inbox(session, kind)));
	return found;
}
