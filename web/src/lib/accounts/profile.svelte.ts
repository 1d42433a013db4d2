/** Somebody's account by their address, and what belongs on their profile, kept so that going back shows it at once. */
import type { mastodon } from 'masto';
import { takeEarly } from '#lib/api/early.ts';
import { errorText } from '#lib/api/errors.ts';
import type { Account } from '#lib/api/types.ts';
import type { Session } from '#lib/session/session.svelte.ts';

/** What a profile shows beside the account. */
interface Extras {
	/** Whom the member follows, and who follows them, too. */
	familiar: Account[];
	tags: mastodon.v1.FeaturedTag[];
}

const SOON_MS = 250;
const kept = new Map<string, Account>();
const keptExtras = new Map<string, Extras>();

export class Profile {
	account = $state.raw<Account | null>(null);
	extras = $state.raw<Extras>({ familiar: [], tags: [] });
	error = $state('');

	constructor(
		private readonly session: Session,
		readonly acct: string,
		private readonly withExtras = false
	) {
		this.account = kept.get(this.#key) ?? null;
		this.extras = keptExtras.get(this.#key) ?? this.extras;
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
			// What came a moment later would push the posts down.
			if (this.withExtras) await soon(this.#loadExtras(found.id));
			this.account = found;
		} catch (error) {
			if (!this.account) this.error = errorText(error);
		}
	};

	/** A profile is whole without them: what can't be loaded is left out. */
	async #loadExtras(id: string): Promise<void> {
		const { session } = this;
		const [familiar, tags] = await Promise.allSettled([
			session.isMe(id)
				? []
				: session
						.at('v1/accounts/familiar_followers')
						.fetch<mastodon.v1.FamiliarFollowers[]>({ id: [id] }),
			session.rest.v1.accounts.$select(id).featuredTags.list()
		]);
		this.extras = {
			familiar: familiar.status === 'fulfilled' ? (familiar.value[0]?.accounts ?? []) : [],
			tags: tags.status === 'fulfilled' ? tags.value : []
		};
		keptExtras.set(this.#key, this.extras);
	}
}

/** Wait for `work`, but not for long. */
async function soon(work: Promise<unknown>): Promise<void> {
	await Promise.race([work, new Promise((resolve) => setTimeout(resolve, SOON_MS))]);
}
