/** What statuses say in the reader's language, as the server's translator put it; kept while the window is open. */
import { SvelteMap } from 'svelte/reactivity';
import type { Status } from '#lib/api/types.ts';
import { i18next } from '#lib/i18n/index.ts';
import type { Session } from '#lib/session/session.svelte.ts';

/** https://docs.joinmastodon.org/entities/Translation/ */
export interface Translation {
	content: string;
	spoilerText?: string;
	language: string;
	mediaAttachments?: { id: string; description: string }[];
	poll?: { options: { title: string }[] } | null;
	detectedSourceLanguage: string;
	/** Who translated. */
	provider: string;
}

const kept = new SvelteMap<string, Translation>();

/** What was edited has to be translated anew. */
function key(session: Session, status: Status): string {
	return `${session.key}/${status.id}/${status.editedAt ?? ''}`;
}

/** The translation that is shown of a status (reactive). */
export function translationOf(session: Session, status: Status): Translation | undefined {
	return kept.size ? kept.get(key(session, status)) : undefined;
}

/** Show `translation` from now on; null: the original again. */
export function showTranslation(
	session: Session,
	status: Status,
	translation: Translation | null
): void {
	if (translation) kept.set(key(session, status), translation);
	else kept.delete(key(session, status));
}

/** Whether the server translates, and it is a text for everybody in another language than the reader's. */
export function canTranslate(session: Session, status: Status): boolean {
	return (
		!!session.instance?.configuration.translation?.enabled &&
		!!status.language &&
		base(status.language) !== base(i18next.language) &&
		(status.visibility === 'public' || status.visibility === 'unlisted') &&
		!status.localOnly &&
		!session.isMe(status.account.id) &&
		!!(status.content || status.spoilerText)
	);
}

/** A status as it is shown: all its texts in the reader's language, where they asked for that. */
export function translated(session: Session, status: Status): Status {
	const found = translationOf(session, status);
	if (!found) return status;
	const descriptions = new Map(found.mediaAttachments?.map((each) => [each.id, each.description]));
	return {
		...status,
		content: found.content,
		spoilerText: found.spoilerText ?? status.spoilerText,
		language: found.language,
		mediaAttachments: status.mediaAttachments.map((each) => ({
			...each,
			description: descriptions.get(each.id) ?? each.description
		})),
		poll: status.poll && {
			...status.poll,
			options: status.poll.options.map((option, index) => ({
				...option,
				title: found.poll?.options[index]?.title ?? option.title
			}))
		}
	};
}

function base(language: string): string {
	return language.toLowerCase().split('-')[0]!;
}
