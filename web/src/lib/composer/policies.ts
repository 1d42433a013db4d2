/** Who may answer and quote what is being written, as a choice of a few. */
import type { Visibility } from '#lib/api/types.ts';

export const REPLIES = ['everyone', 'followers', 'following', 'mentioned'] as const;
/** Whoever sees it, or only some of them; whom it names always may. */
export type Replies = (typeof REPLIES)[number];

export const QUOTES = ['public', 'followers', 'nobody'] as const;
/** As Mastodon names them (https://docs.joinmastodon.org/methods/statuses/#create). */
export type Quotes = (typeof QUOTES)[number];

/** As GoToSocial has it (docs/api-extensions.md). */
export interface InteractionPolicy {
	canReply?: { automaticApproval?: string[]; manualApproval?: string[] } | null;
}

/** What limits the audience anyway needs no policy. */
export function canLimitReplies(visibility: Visibility): boolean {
	return visibility !== 'direct';
}

/** Posts for followers are theirs to read, not to hand on. */
export function canBeQuoted(visibility: Visibility): boolean {
	return visibility === 'public' || visibility === 'unlisted';
}

export function repliesPolicy(replies: Replies): InteractionPolicy | undefined {
	if (replies === 'everyone') return undefined;
	const who = replies === 'mentioned' ? ['mentioned'] : [replies, 'mentioned'];
	return { canReply: { automaticApproval: who } };
}

/** The choice that comes nearest to what a draft says. */
export function repliesOf(policy: InteractionPolicy | null | undefined): Replies {
	const who = policy?.canReply?.automaticApproval;
	if (!who || who.includes('public')) return 'everyone';
	return REPLIES.find((each) => who.includes(each)) ?? 'everyone';
}
