/** What the app keeps in this browser between visits (IndexedDB); the service worker reads it, too. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** Something a member did that the server has not heard of yet. */
export interface QueuedAction {
	/** Grows: the order in which members did things. */
	id?: number;
	/** The account's key. */
	account: string;
	kind: string;
	/** The id of the status, account … that it is about. */
	target: string;
	data: unknown;
	/** Milliseconds since 1970. */
	createdAt: number;
	/** Not sent before this (milliseconds since 1970): until then it can be taken back. */
	notBefore?: number;
	/** The server refused it, in its own words: kept until its author decides. */
	refused?: string;
}

interface Schema extends DBSchema {
	outbox: { key: number; value: QueuedAction; indexes: { account: string } };
	/** Small things by name: the reading position, unsent drafts, what the service worker needs. */
	values: { key: string; value: unknown };
}

let opened: Promise<IDBPDatabase<Schema>> | undefined;

export function database(): Promise<IDBPDatabase<Schema>> {
	opened ??= openDB<Schema>('rostra', 1, {
		upgrade(db) {
			const outbox = db.createObjectStore('outbox', { keyPath: 'id', autoIncrement: true });
			outbox.createIndex('account', 'account');
			db.createObjectStore('values');
		}
	});
	return opened;
}

export async function readValue<T>(name: string): Promise<T | undefined> {
	return (await (await database()).get('values', name)) as T | undefined;
}

export async function writeValue(name: string, value: unknown): Promise<void> {
	await (await database()).put('values', value, name);
}

export async function deleteValue(name: string): Promise<void> {
	await (await database()).delete('values', name);
}

/** Forget what was kept for an account: what it has not sent yet, and what was being written. */
export async function forgetAccount(accountKey: string): Promise<void> {
	const db = await database();
	const all = db.transaction(['outbox', 'values'], 'readwrite');
	for (const id of await all.objectStore('outbox').index('account').getAllKeys(accountKey)) {
		await all.objectStore('outbox').delete(id);
	}
	for (const name of await all.objectStore('values').getAllKeys()) {
		const of = name.split('.').slice(1).join('.');
		if (of === accountKey || of.startsWith(`${accountKey}.`)) {
			await all.objectStore('values').delete(name);
		}
	}
	await all.done;
}
