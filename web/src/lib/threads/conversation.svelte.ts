/** A status with all that it answers and that answers it, and what has come since one looks. */
import { takeEarly } from '#lib/api/early.ts';
import { errorText } from '#lib/api/errors.ts';
import type { Status } from '#lib/api/types.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import type { LiveEvent } from '#lib/streaming/live.ts';

/** https://docs.joinmastodon.org/entities/Context/ */
interface Context {
	ancestors: Status[];
	descendants: Status[];
}

export class Thread {
	ancestors = $state.raw<Status[]>([]);
	descendants = $state.raw<Status[]>([]);
	/** Answers that have come since: they wait, so that nothing moves. */
	pending = $state.raw<Status[]>([]);
	error = $state('');
	loaded = $state(false);

	constructor(
		private readonly session: Session,
		readonly id: string
	) {}

	async load(): Promise<void> {
		this.error = '';
		try {
			const resource = this.session.rest.v1.statuses.$select(this.id);
			const early = <T>(rest = '') =>
				takeEarly<T>(this.session.key, `/api/v1/statuses/${this.id}${rest}`);
			const [found, context] = await Promise.all([
				early<Status>().then((asked) => asked ?? resource.fetch()),
				early<Context>('/context').then((asked) => asked ?? resource.context.fetch())
			]);
			this.session.statuses.keep(found, ...context.ancestors, ...context.descendants);
			this.ancestors = context.ancestors;
			this.descendants = context.descendants;
			this.pending = [];
			this.loaded = true;
		} catch (caught) {
			this.error = errorText(caught);
		}
	}

	async checkNewer(): Promise<void> {
		if (!this.loaded) return;
		try {
			const context = await this.session.rest.v1.statuses.$select(this.id).context.fetch();
			this.session.statuses.keep(...context.descendants);
			const known = new Set(this.descendants.map((each) => each.id));
			this.pending = context.descendants.filter((each) => !known.has(each.id));
		} catch {
			// The next look asks again.
		}
	}

	/** Put what waits where it belongs. */
	reveal(): void {
		this.descendants = [...this.descendants, ...this.pending];
		this.pending = [];
	}

	/** What the member wrote themselves is shown at once. */
	add(status: Status): void {
		if (!this.#has(status.inReplyToId) || this.#has(status.id)) return;
		this.session.statuses.keep(status);
		this.descendants = [...this.descendants, status];
	}

	hear(event: LiveEvent): void {
		if (event.event === 'delete') {
			this.descendants = this.descendants.filter((each) => each.id !== event.payload);
			this.ancestors = this.ancestors.filter((each) => each.id !== event.payload);
		} else if (event.event === 'update' && this.#has((event.payload as Status).inReplyToId)) {
			void this.checkNewer();
		} else if (event.event === 'notification') {
			const { status } = event.payload as { status?: Status };
			if (this.#has(status?.inReplyToId)) void this.checkNewer();
		}
	}

	#has(id: string | null | undefined): boolean {
		return (
			id === this.id ||
			this.descendants.some((each) => each.id === id) ||
			this.ancestors.some((each) => each.id === id)
		);
	}
}
