/** Changes of the member's own account: sent at once, and put back when the server refuses them. */
import { errorText } from '#lib/api/errors.ts';
import type { OwnAccount, ShownOfAccount } from '#lib/api/types.ts';
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
	return keep(session, () => session.rest.v1.accounts.updateCredentials(changes as never));
}

/** Change what one's profile shows (https://docs.joinmastodon.org/methods/profile/).
 * @returns whether the server took it. */
export async function show(session: Session, changes: ShownOfAccount): Promise<boolean> {
	return keep(session, async () => {
		await session.patch('/api/v1/profile', {
			show_media: changes.showMedia,
			show_media_replies: changes.showMediaReplies,
			show_featured: changes.showFeatured
		});
		return session.rest.v1.accounts.verifyCredentials();
	});
}

async function keep(session: Session, work: () => Promise<OwnAccount>): Promise<boolean> {
	try {
		session.keepAccount(await work());
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
