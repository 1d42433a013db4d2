/** The accounts that are signed in in this browser, on whatever servers. */

/** What is kept of an account between visits. */
export interface StoredAccount {
	/** `id@host`, unique in this browser. */
	key: string;
	/** The server's origin: https://social.example */
	server: string;
	token: string;
	clientId: string;
	clientSecret: string;
	scopes: string;
	id: string;
	/** name@host */
	acct: string;
	displayName: string;
	avatar: string;
}

interface Stored {
	current: string | null;
	accounts: StoredAccount[];
}

/** Several windows share it; tests and the service worker's copy (storage/keys.ts) know its shape. */
const STORED = 'rostra.accounts';
/** A window can look through another account than the rest. */
const HERE = 'rostra.current';

class Accounts {
	list = $state.raw<StoredAccount[]>([]);
	currentKey = $state<string | null>(null);

	constructor() {
		this.#read();
		void mirror(this.list);
		addEventListener('storage', (event) => {
			if (event.key === STORED) this.#read();
		});
	}

	get current(): StoredAccount | null {
		return this.list.find((each) => each.key === this.currentKey) ?? null;
	}

	/** Keep `account`, and look through it in this window. */
	add(account: StoredAccount): void {
		this.list = [...this.list.filter((each) => each.key !== account.key), account];
		this.choose(account.key);
	}

	/** Change what is kept, e.g. a new display name. */
	update(key: string, changes: Partial<StoredAccount>): void {
		this.list = this.list.map((each) => (each.key === key ? { ...each, ...changes } : each));
		this.#write();
	}

	choose(key: string): void {
		this.currentKey = key;
		sessionStorage.setItem(HERE, key);
		this.#write();
	}

	/** Forget an account; the window goes on with another one, if there is any. */
	remove(key: string): void {
		this.list = this.list.filter((each) => each.key !== key);
		if (this.currentKey === key) {
			this.currentKey = this.list[0]?.key ?? null;
			sessionStorage.removeItem(HERE);
		}
		this.#write();
	}

	#read(): void {
		const stored = readStored();
		this.list = stored.accounts;
		const wanted = [sessionStorage.getItem(HERE), this.currentKey, stored.current];
		const known = wanted.find((key) => this.list.some((each) => each.key === key));
		this.currentKey = known ?? this.list[0]?.key ?? null;
	}

	#write(): void {
		const stored: Stored = { current: this.currentKey, accounts: this.list };
		localStorage.setItem(STORED, JSON.stringify(stored));
		void mirror(this.list);
	}
}

/** The service worker can't read localStorage, and needs to know whom a push is for. */
async function mirror(accounts: readonly StoredAccount[]): Promise<void> {
	const { writeValue } = await import('#lib/storage/database.ts');
	const kept = accounts.map(({ key, server, token }) => ({ key, server, token }));
	await writeValue('accounts', kept).catch(() => null);
}

function readStored(): Stored {
	try {
		const stored = JSON.parse(localStorage.getItem(STORED) ?? '') as Stored;
		if (Array.isArray(stored.accounts)) return stored;
	} catch {
		// Nothing there yet, or nothing that we wrote.
	}
	return { current: null, accounts: [] };
}

export const accounts = new Accounts();
