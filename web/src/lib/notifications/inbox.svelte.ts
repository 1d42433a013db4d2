/** The member's notifications: what was loaded, what waits above, and how far they were read. */
import { errorText } from '#lib/api/errors.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import { badges } from '#lib/shell/badges.svelte.ts';
import type { Place } from '#lib/timelines/timeline.svelte.ts';
import { load, type Group, type Kind } from './groups';

const kept = new Map<string, Inbox>();

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
		if (this.loaded) return this.checkNewer();
		try {
			const markers = await this.session.rest.v1.markers.fetch({ timeline: ['notifications'] });
			this.readId = markers.notifications?.lastReadId ?? null;
		} catch {
			// Without it nothing is marked as new.
		}
		await this.loadOlder();
		await this.markRead();
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

	/** Ask for what is newer; it waits above. */
	async checkNewer(): Promise<void> {
		const sinceId = this.pending[0]?.newestId ?? this.groups[0]?.newestId;
		if (!this.loaded || this.loading) return;
		try {
			const found = await load(this.session, this.kind, sinceId ? { sinceId } : {});
			const fresh = new Set(found.map((each) => each.id));
			this.pending = [...found, ...this.pending.filter((each) => !fresh.has(each.id))];
		} catch {
			// The next look asks again.
		}
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
		badges.notifications = 0;
		if (!newest || this.kind !== 'all') return;
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
			await this.session.at('v2/notifications', group.id, 'dismiss').create();
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
		badges.notifications = 0;
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
