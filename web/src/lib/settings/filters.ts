/** A filter as it is written, and what the server is told of it (https://docs.joinmastodon.org/methods/filters/). */
import type { mastodon } from 'masto';
import type { Session } from '#lib/session/session.svelte.ts';

export type Filter = mastodon.v2.Filter;

export const CONTEXTS = ['home', 'notifications', 'public', 'thread', 'account'] as const;

export interface FilterDraft {
	title: string;
	/** Words and phrases, separated by commas. */
	words: string;
	wholeWords: boolean;
	action: 'warn' | 'hide' | 'blur';
	contexts: string[];
	/** Seconds from now; 0: for good; null: as it is. */
	expiresIn: number | null;
}

export function draftOf(filter?: Filter): FilterDraft {
	return {
		title: filter?.title ?? '',
		words: filter?.keywords.map((each) => each.keyword).join(', ') ?? '',
		wholeWords: filter?.keywords.every((each) => each.wholeWord) ?? true,
		action: (filter?.filterAction as FilterDraft['action']) ?? 'warn',
		contexts: [...(filter?.context ?? CONTEXTS)],
		expiresIn: filter ? null : 0
	};
}

/** @throws what masto throws. */
export async function save(session: Session, draft: FilterDraft, filter?: Filter): Promise<void> {
	const words = wordsOf(draft);
	const kept = filter?.keywords ?? [];
	const said = {
		title: draft.title.trim() || words.join(', ').slice(0, 100),
		context: draft.contexts as never,
		filterAction: draft.action as never,
		...(draft.expiresIn === null ? {} : { expiresIn: (draft.expiresIn || '') as never }),
		keywordsAttributes: [
			...words.map((keyword) => {
				const known = kept.find((each) => each.keyword === keyword);
				return { ...(known ? { id: known.id } : {}), keyword, wholeWord: draft.wholeWords };
			}),
			...kept
				.filter((each) => !words.includes(each.keyword))
				.map(({ id, keyword }) => ({ id, keyword, _destroy: true }))
		] as never
	};
	if (filter) await session.rest.v2.filters.$select(filter.id).update(said);
	else await session.rest.v2.filters.create(said);
}

export function wordsOf(draft: FilterDraft): string[] {
	const words = draft.words.split(',').map((each) => each.trim());
	return [...new Set(words.filter(Boolean))];
}
