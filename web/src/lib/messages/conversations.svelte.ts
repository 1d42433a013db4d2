/** The member's conversations, the one with the newest message first; shared by all that shows them. */
import type { mastodon } from 'masto';
import { errorText } from '#lib/api/errors.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import { badges } from '#lib/shell/badges.svelte.ts';

export type Conversation = mastodon.v1.Conversation;

const PAGE = 40;
const kept = new Map<string, Conversations>();

export class Conversations {
	items = $state.raw<Conversation[]>([]);
	loaded = $state(false);
	loading = $state(false);
	complete = $state(false);
	error = $state('');
	#pages: AsyncIterator<Conversation[]> | null = null;

	constructor(private readonly session: Session) {}

	/** Begin at the newest. */
	async load(): Promise<void> {
		this.#pages = null;
		this.complete = false;
		await this.more();
	}

	/** Load the next page. */
	async more(): Promise<void> {
		if (this.loading || this.complete) return;
		this.loading = true;
		this.error = '';
		try {
			const isFirst = !this.#pages;
			const pages = this.session.rest.v1.conversations.list({ limit: PAGE });
			this.#pages ??= pages[Symbol.asyncIterator]();
			const next = await this.#pages.next();
			const found = next.done ? [] : next.value;
			const known = new Set(isFirst ? [] : this.items.map((each) => each.id));
			const fresh = found.filter((each) => !known.has(each.id));
			this.#set(isFirst ? fresh : [...this.items, ...fresh]);
			this.complete = next.done === true || found.length < PAGE;
			this.loaded = true;
		} catch (error) {
			this.error = errorText(error);
		} finally {
			this.loading = false;
		}
	}

	/** The conversation with this id; there is no request for one, so the list is read on until it is found. */
	async find(id: string): Promise<Conversation | null> {
		if (!this.loaded) await this.load();
		for (;;) {
			const found = this.items.find((each) => each.id === id);
			if (found || this.complete || this.error) return found ?? null;
			await this.more();
		}
	}

	/** Something was said in it. */
	put(fresh: Conversation): void {
		this.#set([fresh, ...this.items.filter((each) => each.id !== fresh.id)]);
	}

	async mark(conversation: Conversation, unread: boolean): Promise<void> {
		if (conversation.unread === unread) return;
		this.#replace({ ...conversation, unread });
		try {
			await this.session
				.at('v1/conversations', conversation.id, unread ? 'unread' : 'read')
				.create();
		} catch (error) {
			this.#replace(conversation);
			this.session.toasts.failure(errorText(error));
		}
	}

	async remove(conversation: Conversation): Promise<void> {
		const before = this.items;
		this.#set(before.filter((each) => each.id !== conversation.id));
		try {
			await this.session.rest.v1.conversations.$select(conversation.id).remove();
		} catch (error) {
			this.#set(before);
			this.session.toasts.failure(errorText(error));
		}
	}

	#replace(fresh: Conversation): void {
		this.#set(this.items.map((each) => (each.id === fresh.id ? fresh : each)));
	}

	#set(items: Conversation[]): void {
		this.items = items;
		badges.messages = items.filter((each) => each.unread).length;
	}
}

/** The conversations of a session; kept, so that going back finds them as they were. */
export function conversationsOf(session: Session): Conversations {
	let found = kept.get(session.key);
	if (!found) kept.set(session.key, (found = new Conversations(session)));
	return found;
}
