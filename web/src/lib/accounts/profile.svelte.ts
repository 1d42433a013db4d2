/** Somebody's account by their address, kept so that going back shows it at once. */
import { takeEarly } from '#lib/api/early.ts';
import { errorText } from '#lib/api/errors.ts';
import type { Account } from '#lib/api/types.ts';
import type { Session } from '#lib/session/session.svelte.ts';

const kept = new Map<string, Account>();

export class Profile {
	account = $state.raw<Account | null>(null);
	error = $state('');

	constructor(
		private readonly session: Session,
		readonly acct: string
	) {
		this.account = kept.get(this.#key) ?? null;
		void this.load();
	}

	get #key(): string {
		return `${this.session.key}/${this.acct.toLowerCase()}`;
	}

	load = async (): Promise<void> => {
		this.error = '';
		try {
			const early = `/api/v1/accounts/lookup?acct=${encodeURIComponent(this.acct)}`;
			const found =
				(await takeEarly<Account>(this.session.key, early)) ??
				(await this.session.rest.v1.accounts.lookup({ acct: this.acct }));
			kept.set(this.#key, found);
			this.account = found;
		} catch (error) {
			if (!this.account) this.error = errorText(error);
		}
	};
}
