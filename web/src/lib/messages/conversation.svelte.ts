/** What was said in one conversation, oldest first. */
import { errorText } from '#lib/api/errors.ts';
import type { Account, Status } from '#lib/api/types.ts';
import type { Publishing } from '#lib/outbox/publishing.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import type { QueuedAction } from '#lib/storage/database.ts';
import { conversationsOf, type Conversation } from './conversations.svelte';

/** Messages of one author within this time stand together. */
const TOGETHER_MS = 10 * 60_000;

/** A message, and how it stands to the one before. */
export interface Said {
	status: Status;
	mine: boolean;
	/** The first of its day. */
	newDay: boolean;
	/** Follows one of the same author at once. */
	goesOn: boolean;
}

export class Messages {
	conversation = $state.raw<Conversation | null>(null);
	loaded = $state(false);
	error = $state('');
	#messages = $state.raw<Status[]>([]);

	constructor(
		private readonly session: Session,
		readonly id: string
	) {}

	/** Those who read what is said here, without oneself. */
	get readers(): Account[] {
		return (this.conversation?.accounts ?? []).filter((each) => !this.session.isMe(each.id));
	}

	get last(): Status | null {
		return this.#messages.at(-1) ?? null;
	}

	said: Said[] = $derived.by(() => {
		let before: Status | null = null;
		return this.#messages.map((each) => {
			const status = this.session.statuses.get(each.id) ?? each;
			const newDay = !before || dayOf(before) !== dayOf(status);
			const goesOn =
				!newDay &&
				before?.account.id === status.account.id &&
				Date.parse(status.createdAt) - Date.parse(before.createdAt) < TOGETHER_MS;
			before = status;
			return { status, mine: this.session.isMe(status.account.id), newDay, goesOn };
		});
	});

	/** What the member said and the server has not heard of yet. */
	waiting: QueuedAction[] = $derived.by(() => {
		const ids = new Set(this.#messages.map((each) => each.id));
		return this.session.outbox.waiting.filter((each) => {
			if (each.kind !== 'publish') return false;
			return ids.has((each.data as Publishing).params.inReplyToId ?? '');
		});
	});

	async load(): Promise<void> {
		this.error = '';
		try {
			const all = conversationsOf(this.session);
			this.conversation = await all.find(this.id);
			if (all.error) throw new Error(all.error);
			const last = this.conversation?.lastStatus as Status | null | undefined;
			if (last) this.#keep(await this.#thread(last));
			this.loaded = true;
			await this.read();
		} catch (error) {
			this.error = errorText(error);
		}
	}

	/** All messages of the thread that `last` belongs to, from its first one on. */
	async #thread(last: Status): Promise<Status[]> {
		const above = await this.session.rest.v1.statuses.$select(last.id).context.fetch();
		const root = above.ancestors[0];
		if (!root) return [last, ...above.descendants];
		const all = await this.session.rest.v1.statuses.$select(root.id).context.fetch();
		return [root, ...above.ancestors, last, ...all.descendants];
	}

	/** Something was said: by others, or by oneself. */
	add(status: Status): void {
		this.#keep([...this.#messages, status]);
	}

	/** Take the newest state of the conversation. */
	update(conversation: Conversation): void {
		this.conversation = conversation;
		if (conversation.lastStatus) this.add(conversation.lastStatus as Status);
		void this.read();
	}

	async read(): Promise<void> {
		if (!this.conversation?.unread || document.hidden) return;
		const conversation = this.conversation;
		this.conversation = { ...conversation, unread: false };
		await conversationsOf(this.session).mark(conversation, false);
	}

	remove(id: string): void {
		this.#messages = this.#messages.filter((each) => each.id !== id);
	}

	/** Whether `status` continues what is said here. */
	has(id: string | null | undefined): boolean {
		return this.#messages.some((each) => each.id === id);
	}

	#keep(found: readonly Status[]): void {
		const messages = found.filter((each) => each.visibility === 'direct');
		this.session.statuses.keep(...messages);
		const byId = new Map(messages.map((each) => [each.id, each]));
		this.#messages = [...byId.values()].sort(
			(a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt)
		);
	}
}

function dayOf(status: Status): string {
	return new Date(status.createdAt).toDateString();
}
