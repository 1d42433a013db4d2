/// <reference lib="webworker" />
/** Notifications while no window is open (Web Push), and what can be done from them. */
import { readValue } from '../lib/storage/database';

declare const self: ServiceWorkerGlobalScope;

/** What servers send (https://docs.joinmastodon.org/methods/push/), as far as it is used. */
interface Payload {
	access_token?: string;
	notification_id?: string | number;
	notification_type?: string;
	icon?: string;
	title?: string;
	body?: string;
	preferred_locale?: string;
}

interface Known {
	key: string;
	server: string;
	token: string;
}

interface Data {
	key: string | null;
	id: string;
	type: string;
}

const WORDS: Record<string, Record<string, string>> = {
	en: { favourite: 'Favourite', reblog: 'Boost', fallback: 'Something new' },
	de: { favourite: 'Favorisieren', reblog: 'Teilen', fallback: 'Etwas Neues' }
};

export function listenForPushes(): void {
	self.addEventListener('push', (event) => event.waitUntil(show(event.data)));
	self.addEventListener('notificationclick', (event) => {
		event.notification.close();
		const data = event.notification.data as Data;
		event.waitUntil(event.action ? act(event.action, data) : open(data));
	});
}

async function show(message: PushMessageData | null): Promise<void> {
	const payload = read(message);
	const words = WORDS[(payload.preferred_locale ?? navigator.language).slice(0, 2)] ?? WORDS.en!;
	const account = (await known()).find((each) => each.token === payload.access_token);
	const type = payload.notification_type ?? '';
	const id = String(payload.notification_id ?? '');
	const options = {
		body: payload.body ?? '',
		icon: payload.icon ?? '/app/prow-180.png',
		badge: '/app/prow-180.png',
		// Two servers may give the same id.
		tag: id ? `${account?.key ?? ''}/${id}` : undefined,
		data: { key: account?.key ?? null, id, type } satisfies Data,
		actions:
			type === 'mention' || type === 'status'
				? ['favourite', 'reblog'].map((action) => ({ action, title: words[action]! }))
				: []
	};
	await self.registration.showNotification(payload.title ?? words.fallback!, options);
	// How many is known to open windows alone (lib/shell/badges.svelte.ts): here only that there is something.
	const windows = await self.clients.matchAll({ type: 'window' });
	if (!windows.length) await navigator.setAppBadge?.().catch(() => null);
}

function read(message: PushMessageData | null): Payload {
	try {
		return (message?.json() as Payload | null) ?? {};
	} catch {
		return {};
	}
}

async function known(): Promise<Known[]> {
	return (await readValue<Known[]>('accounts')) ?? [];
}

/** Favourite or boost what a notification is about, without opening the app. */
async function act(action: string, data: Data): Promise<void> {
	const account = (await known()).find((each) => each.key === data.key);
	if (!account) return open(data);
	const headers = { Authorization: `Bearer ${account.token}` };
	try {
		const answer = await fetch(`${account.server}/api/v1/notifications/${data.id}`, { headers });
		const { status } = (await answer.json()) as { status?: { id: string } };
		const url = `${account.server}/api/v1/statuses/${status!.id}/${action}`;
		const done = await fetch(url, { method: 'POST', headers });
		if (!done.ok) await open(data);
	} catch {
		await open(data);
	}
}

/** The thread that a notification is about, or all notifications. */
async function placeOf(data: Data): Promise<string> {
	const account = (await known()).find((each) => each.key === data.key);
	try {
		const answer = await fetch(`${account!.server}/api/v1/notifications/${data.id}`, {
			headers: { Authorization: `Bearer ${account!.token}` }
		});
		const { status } = (await answer.json()) as {
			status?: { id: string; account: { acct: string } };
		};
		return `/app/@${status!.account.acct}/${status!.id}`;
	} catch {
		return '/app/notifications';
	}
}

/** Bring a window to the front, with the account that the notification is for. */
async function open(data: Data): Promise<void> {
	const place = await placeOf(data);
	const query = data.key ? `?account=${encodeURIComponent(data.key)}` : '';
	const path = `${place}${query}`;
	const windows = await self.clients.matchAll({ type: 'window' });
	const window = windows.find((each) => new URL(each.url).pathname.startsWith('/app'));
	if (!window) {
		await self.clients.openWindow(path);
		return;
	}
	window.postMessage({ type: 'open', path, key: data.key });
	await window.focus();
}
