/** Mastodon's entities under short names, with what Rostra and others add (docs/api-extensions.md). */
import type { mastodon } from 'masto';

export type Account = mastodon.v1.Account & ShownOfAccount;
/** The member's own account, with what only they see. */
export type OwnAccount = Awaited<
	ReturnType<mastodon.rest.Client['v1']['accounts']['verifyCredentials']>
> &
	ShownOfAccount;
/** What somebody's profile shows (https://docs.joinmastodon.org/methods/profile/); older servers don't say. */
export interface ShownOfAccount {
	showMedia?: boolean | null;
	showMediaReplies?: boolean | null;
	showFeatured?: boolean | null;
}
export type Relationship = mastodon.v1.Relationship;
export type MediaAttachment = mastodon.v1.MediaAttachment;
export type Poll = mastodon.v1.Poll & { emojis?: CustomEmoji[] };
export type PreviewCard = mastodon.v1.PreviewCard;
export type CustomEmoji = mastodon.v1.CustomEmoji;
export type Client = mastodon.rest.Client;
export type Visibility = mastodon.v1.StatusVisibility;

export interface Status extends mastodon.v1.Status {
	/** Only members of its network see it. */
	localOnly?: boolean;
	/** How it was written, when it was deleted: for those who write it anew. */
	contentType?: string;
	/** Who really posted it, for those who act as a shared account. */
	postedBy?: Account;
}

export interface Instance extends mastodon.v2.Instance {
	configuration: mastodon.v2.Instance['configuration'] & {
		/** How texts may be written. */
		statuses: { supportedMimeTypes?: string[] };
	};
	pleroma?: { metadata?: { features?: string[]; postFormats?: string[] } };
}
