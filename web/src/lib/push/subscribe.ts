/** Web Push of an account in this browser (https://docs.joinmastodon.org/methods/push/). */
import type { mastodon } from 'masto';
import { isMissing } from '#lib/api/errors.ts';
import { accounts } from '#lib/session/accounts.svelte.ts';
import type { Session } from '#lib/session/session.svelte.ts';

export type Alerts = Record<string, boolean>;
export const KINDS = [
	'mention',
	'quote',
	'reblog',
	'favourite',
	'follow',
	'follow_request',
	'poll',
	'status'
];

export function isSupported(): boolean {
	return 'PushManager' in window && 'Notification' in window && 'serviceWorker' in navigator;
}

/** From whom one is told anything. */
export const POLICIES = ['all', 'followed', 'follower', 'none'] as const;
export type Policy = (typeof POLICIES)[number];

/** Of what, and from whom, an account is told. */
export interface Subscribed {
	alerts: Alerts;
	policy: Policy;
}

/** What this account is told of; null: nothing. */
export async function current(session: Session): Promise<Subscribed | null> {
	try {
		const found = await session
			.at('v1/push/subscription')
			.fetch<mastodon.v1.WebPushSubscription & { policy?: Policy }>();
		return { alerts: found.alerts as unknown as Alerts, policy: found.policy ?? 'all' };
	} catch (error) {
		if (isMissing(error)) return null;
		throw error;
	}
}

/** Ask for leave, subscribe, and tell the server of what to send.
 * @throws Error('denied') where the member, or the browser, says no. */
export async function subscribe(session: Session, wanted: Subscribed): Promise<void> {
	if ((await Notification.requestPermission()) !== 'granted') throw new Error('denied');
	const registration = await navigator.serviceWorker.ready;
	const key = session.instance?.configuration.vapid?.publicKey;
	const made = await subscription(registration, key);
	const { keys } = made.toJSON();
	await session.at('v1/push/subscription').create({
		subscription: { endpoint: made.endpoint, keys, standard: true },
		data: wanted
	});
}

/** A browser keeps one subscription, for one server's key: another server's takes its place. */
async function subscription(
	registration: ServiceWorkerRegistration,
	key: string | undefined
): Promise<PushSubscription> {
	const existing = await registration.pushManager.getSubscription();
	if (existing && sameKey(existing.options.applicationServerKey, key)) return existing;
	await existing?.unsubscribe();
	return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

function sameKey(bytes: ArrayBuffer | null, key: string | undefined): boolean {
	if (!bytes || !key) return false;
	const text = btoa(String.fromCharCode(...new Uint8Array(bytes)));
	const plain = (each: string) => each.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
	return plain(text) === plain(key);
}

/** Tell nothing any more. The browser's subscription ends with it, unless another account uses it. */
export async function unsubscribe(session: Session): Promise<void> {
	await session.at('v1/push/subscription').remove();
	if (accounts.list.length > 1) return;
	const registration = await navigator.serviceWorker.ready;
	await (await registration.pushManager.getSubscription())?.unsubscribe();
}
