/** All that a window has of one signed-in account: its client, what it has loaded, what it has still to send. */
import { getContext, setContext } from 'svelte';
import { createRestAPIClient } from 'masto';
import { camelCase } from '#lib/api/camel-case.ts';
import { httpStatus, isSilent } from '#lib/api/errors.ts';
import { endpoint, type Endpoint } from '#lib/api/endpoint.ts';
import { fetchInstance } from '#lib/api/instance.ts';
import type { Client, Instance, OwnAccount, Status } from '#lib/api/types.ts';
import { Outbox } from '#lib/outbox/outbox.svelte.ts';
import { overlay, overlayRelationship } from '#lib/outbox/overlay.ts';
import { network } from '#lib/shell/network.svelte.ts';
import { toasts } from '#lib/shell/toasts.svelte.ts';
import { Relationships } from '#lib/statuses/relationships.svelte.ts';
import { Statuses } from '#lib/statuses/statuses.svelte.ts';
import { Live } from '#lib/streaming/live.ts';
import { Timelines } from '#lib/timelines/timelines.svelte.ts';
import { accounts, type StoredAccount } from './accounts.svelte';

const opened = new Map<string, Session>();
const CONTEXT = Symbol('session');

export class Session {
	readonly key: string;
	readonly server: string;
	readonly rest: Client;
	readonly statuses = new Statuses((status) => overlay(status, this.outbox.waiting));
	readonly relationships: Relationships;
	readonly outbox: Outbox;
	readonly live: Live;
	readonly timelines: Timelines;
	readonly toasts = toasts;
	/** Null until the server has answered (or for good, when it can't be reached). */
	account = $state.raw<OwnAccount | null>(null);
	instance = $state.raw<Instance | null>(null);
	/** The server no longer knows this browser's token: what waits is kept until the member signs in again. */
	isSignedOut = $state(false);
	/** What the member published last, for threads that are open. */
	published = $state.raw<Status | null>(null);
	/** What this window published, by the outbox's targets: so that it can be undone. */
	readonly sent = new Map<string, Status>();

	constructor(readonly stored: StoredAccount) {
		this.key = stored.key;
		this.server = stored.server;
		this.rest = createRestAPIClient({ url: stored.server, accessToken: stored.token });
		this.relationships = new Relationships(this.rest, (each) =>
			overlayRelationship(each, this.outbox.waiting)
		);
		this.live = new Live(this);
		this.timelines = new Timelines(this);
		this.outbox = new Outbox(this);
		network.onBack((server) => {
			if (server === this.server && !(this.instance && this.account)) void this.#load();
		});
		void this.#load();
	}

	/** Whether `id` is the member's own account. */
	isMe(id: string): boolean {
		return id === this.stored.id;
	}

	/** Whether the server announces something that Mastodon doesn't have (docs/api-extensions.md). */
	supports(feature: string): boolean {
		return this.instance?.pleroma?.metadata?.features?.includes(feature) ?? false;
	}

	/** An endpoint that masto has no words for: at('v1/drafts', id).fetch() */
	at(path: string, ...parts: string[]): Endpoint {
		return endpoint(this.rest, path, ...parts);
	}

	/** PATCH, which masto has for few endpoints; the keys of `body` are as the server has them.
	 * @throws what masto throws: `statusCode` and `message`. */
	async patch<T>(path: string, body: unknown): Promise<T> {
		const answer = await fetch(new URL(path, this.server), {
			method: 'PATCH',
			headers: {
				Authorization: `Bearer ${this.stored.token}`,
				'Content-Type': 'application/json'
			},
			body: JSON.stringify(body)
		});
		const said = (await answer.json()) as { error?: string };
		if (!answer.ok) {
			const message = said.error ?? answer.statusText;
			throw Object.assign(new Error(message), { statusCode: answer.status });
		}
		return camelCase<T>(said);
	}

	async reloadRelationship(accountId: string): Promise<void> {
		this.relationships.keep(
			...(await this.rest.v1.accounts.relationships.fetch({ id: [accountId] }))
		);
	}

	/** Take a new state of the member's own account, e.g. after the profile was changed. */
	keepAccount(account: OwnAccount): void {
		this.account = account;
		accounts.update(this.key, {
			displayName: account.displayName || account.username,
			avatar: account.avatarStatic
		});
	}

	async #load(): Promise<void> {
		const [instance, account] = await Promise.allSettled([
			fetchInstance(this.rest),
			this.rest.v1.accounts.verifyCredentials()
		]);
		if (instance.status === 'fulfilled') this.instance = instance.value;
		if (account.status === 'fulfilled') this.keepAccount(account.value);
		else if (httpStatus(account.reason) === 401) this.isSignedOut = true;
		else if (isSilent(account.reason)) network.fail(this.server);
		this.live.start();
	}
}

/** The session of a signed-in account; made once in each window. */
export function openSession(stored: StoredAccount): Session {
	const found = opened.get(stored.key);
	if (found && found.stored.token === stored.token) return found;
	const session = new Session(stored);
	opened.set(stored.key, session);
	return session;
}

export function provideSession(session: Session): void {
	setContext(CONTEXT, session);
}

/** The session that the surrounding part of the page looks through. */
export function useSession(): Session {
	return getContext<Session>(CONTEXT);
}
