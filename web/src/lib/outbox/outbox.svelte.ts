/** What a member does is shown at once, kept here, and sent in order: now, or when the network is back. */
import { errorText, httpStatus, isSilent, isUnreachable } from '#lib/api/errors.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import { network } from '#lib/shell/network.svelte.ts';
import { database, type QueuedAction } from '#lib/storage/database.ts';
import { OPPOSITES, performers, type Kind, type Performer } from './performers';

/** What another window added, it sends itself and shows there; if it was closed meanwhile, this one does. */
const OTHERS_WAIT_MS = 2_000;
const RETRY_MS = [2_000, 5_000, 15_000, 60_000];

export class Outbox {
	/** Not sent yet, oldest first. */
	waiting = $state.raw<QueuedAction[]>([]);
	#failures = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#running = false;
	#again = false;
	/** Tells the other windows that something was added: one of them sends it if this one closes. */
	readonly #windows = new BroadcastChannel('rostra.outbox');

	constructor(private readonly session: Session) {
		this.#windows.onmessage = ({ data }) => {
			if (data === session.key) setTimeout(() => void this.run(), OTHERS_WAIT_MS);
		};
		addEventListener('online', () => void this.run());
		network.onBack((server) => {
			if (server === session.server) void this.run();
		});
		void this.#start();
	}

	async #start(): Promise<void> {
		await this.#refresh();
		// What was shown before this was known.
		this.session.statuses.refresh();
		await this.run();
	}

	/** Keep an action, and send it as soon as it can be. What it undoes and was not sent yet disappears with it. */
	async add(kind: Kind, target: string, data: unknown = null, undoMs = 0): Promise<void> {
		const db = await database();
		const opposite = OPPOSITES[kind];
		const undone = this.waiting.findLast(
			(each) => each.target === target && each.kind === opposite
		);
		if (undone?.id && (await this.#takeBack(undone.id, { ifAvailable: true }))) {
			await this.#refresh();
			return;
		} else {
			await db.add('outbox', {
				account: this.session.key,
				kind,
				target,
				data,
				createdAt: Date.now(),
				...(undoMs ? { notBefore: Date.now() + undoMs } : {})
			});
		}
		await this.#refresh();
		this.#windows.postMessage(this.session.key);
		void this.run();
	}

	/** Resolves when no window sends anything (what waits for the network still waits). */
	async idle(): Promise<void> {
		await navigator.locks.request(this.#lock, () => null);
	}

	/** Delete what waits, unless it was sent meanwhile. @returns whether it was taken back. */
	async #takeBack(id: number, lock: LockOptions): Promise<boolean> {
		return navigator.locks.request(this.#lock, lock, async (held) => {
			const db = await database();
			if (!held || !(await db.get('outbox', id))) return false;
			await db.delete('outbox', id);
			return true;
		});
	}

	get #lock(): string {
		return `rostra.outbox.${this.session.key}`;
	}

	/** Take back what waits for `target`; what a window sends just now is waited for.
	 * @returns whether it was not sent. */
	async undo(kind: Kind, target: string): Promise<boolean> {
		const found = this.waiting.find((each) => each.kind === kind && each.target === target);
		const undone = !!found?.id && (await this.#takeBack(found.id, {}));
		await this.#refresh();
		return undone;
	}

	/** Drop what the server refused, or what its author no longer wants sent. */
	async drop(id: number): Promise<void> {
		await (await database()).delete('outbox', id);
		await this.#refresh();
	}

	/** Try again what the server refused. */
	async retry(action: QueuedAction): Promise<void> {
		await (await database()).put('outbox', { ...action, refused: undefined });
		await this.#refresh();
		void this.run();
	}

	/** Send what waits, in order; of all windows only one does. */
	async run(): Promise<void> {
		if (this.#running) {
			this.#again = true;
			return;
		}
		this.#running = true;
		this.#again = false;
		clearTimeout(this.#timer);
		try {
			await navigator.locks.request(this.#lock, async () => {
				for (;;) {
					await this.#refresh();
					const next = this.waiting.find((each) => !each.refused && isDue(each));
					if (!next || !(await this.#send(next))) break;
				}
			});
		} finally {
			this.#running = false;
			this.#later();
			// Something was added when the last look was over.
			if (this.#again) void this.run();
		}
	}

	#dueTimer: ReturnType<typeof setTimeout> | undefined;

	/** Send what may still be taken back, when it can't any more. */
	#later(): void {
		clearTimeout(this.#dueTimer);
		const future = this.waiting.filter((each) => !each.refused && !isDue(each));
		if (!future.length) return;
		const soonest = Math.min(...future.map((each) => each.notBefore!));
		this.#dueTimer = setTimeout(() => void this.run(), soonest - Date.now());
	}

	/** @returns whether to go on with the next one. */
	async #send(action: QueuedAction): Promise<boolean> {
		const performer: Performer | undefined = performers[action.kind as Kind];
		const db = await database();
		try {
			await performer?.perform(this.session, action);
			this.#failures = 0;
		} catch (error) {
			if (httpStatus(error) === 401) {
				// The token was ended: all waits until the member has signed in again.
				this.session.isSignedOut = true;
				return false;
			}
			if (isUnreachable(error)) {
				if (isSilent(error)) network.fail(this.session.server);
				const wait = RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)];
				this.#timer = setTimeout(() => void this.run(), wait);
				return false;
			}
			if (performer?.keepRefused) {
				await db.put('outbox', { ...action, refused: errorText(error) });
				performer.revert?.(this.session, action, error);
				return true;
			}
			performer?.revert?.(this.session, action, error);
			this.session.toasts.failure(errorText(error));
		}
		await db.delete('outbox', action.id!);
		return true;
	}

	async #refresh(): Promise<void> {
		const all = await (await database()).getAllFromIndex('outbox', 'account', this.session.key);
		this.waiting = all.sort((a, b) => a.id! - b.id!);
	}
}

function isDue(action: QueuedAction): boolean {
	return !action.notBefore || action.notBefore <= Date.now();
}
