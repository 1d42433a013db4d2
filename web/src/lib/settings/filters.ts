/** A filter as it is written, and what the server is told of it (https://docs.joinmastodon.org/methods/filters/). */
import type { mastodon } from 'masto';
import type { Session } from '#lib/session/session.svelte.ts';

export type Filter = mastodon.v2.Filter;

export const CONTEXTS = ['home', 'notifications', 'public', 'thread', 'account'] as const;

export interface FilterDraft {
	title: string;
	/** Words and phrases, a line each: phrases may have commas. */
	words: string;
	/** Null: of some yes, of others no, and so it stays. */
	wholeWords: boolean | null;
	action: 'warn' | 'hide' | 'blur';
	contexts: string[];
	/** Seconds from now; 0: for good; null: as it is. */
	expiresIn: number | null;
}

export function draftOf(filter?: Filter): FilterDraft {
	return {
		title: filter?.title ?? '',
		words: filter?.keywords.map((each) => each.keyword).join('\n') ?? '',
		wholeWords: alike(filter?.keywords.map((each) => each.wholeWord) ?? [true]),
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
				const wholeWord = draft.wholeWords ?? known?.wholeWord ?? true;
				return { ...(known ? { id: known.id } : {}), keyword, wholeWord };
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
	const words = draft.words.split('\n').map((each) => each.trim());
	return [...new Set(words.filter(Boolean))];
}

/** What all `values` are; null where they differ. */
function alike(values: readonly boolean[]): boolean | null {
	const first = values[0] ?? true;
	return values.every((each) => each === first) ? first : null;
}
