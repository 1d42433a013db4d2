/** Changes of the member's own account: sent at once, and put back when the server refuses them. */
import { errorText } from '#lib/api/errors.ts';
import type { OwnAccount } from '#lib/api/types.ts';
import { t } from '#lib/i18n/index.ts';
import type { Session } from '#lib/session/session.svelte.ts';

/** What `update_credentials` takes beside texts and pictures (https://docs.joinmastodon.org/methods/accounts/#update_credentials). */
export interface OwnChanges {
	locked?: boolean;
	discoverable?: boolean;
	indexable?: boolean;
	hideCollections?: boolean;
	source?: { privacy?: string; sensitive?: boolean; language?: string; quotePolicy?: string };
}

/** Of one's own account, what only its owner sees (https://docs.joinmastodon.org/entities/Account/#source). */
export interface OwnSource {
	privacy?: string;
	sensitive?: boolean;
	language?: string | null;
	quotePolicy?: string;
	discoverable?: boolean;
	indexable?: boolean;
	hideCollections?: boolean | null;
}

/** @returns whether the server took it. */
export async function change(session: Session, changes: OwnChanges): Promise<boolean> {
	try {
		const account = await session.rest.v1.accounts.updateCredentials(changes as never);
		session.keepAccount(account);
		session.toasts.done(t('settings.saved'));
		return true;
	} catch (error) {
		session.toasts.failure(errorText(error));
		return false;
	}
}

export function sourceOf(account: OwnAccount): OwnSource {
	return account.source as OwnSource;
}
