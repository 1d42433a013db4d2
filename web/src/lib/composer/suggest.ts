/** What could be meant by what is being written: people, hashtags, emojis. */
import type { CustomEmoji } from '#lib/api/types.ts';
import type { Session } from '#lib/session/session.svelte.ts';

export interface Suggestion {
	/** Replaces what is written. */
	value: string;
	label: string;
	hint: string;
	picture?: string;
}

const SHOWN = 6;
const AT_CURSOR = /(?:^|[\s(])([@#:][\p{L}\p{N}_@.-]*)$/u;

/** The word at the cursor that asks for suggestions: @al, #ber, :smi */
export function wordAt(text: string, cursor: number): string | null {
	const word = AT_CURSOR.exec(text.slice(0, cursor))?.[1] ?? null;
	return word && word.length > 1 ? word : null;
}

export async function suggestions(session: Session, word: string): Promise<Suggestion[]> {
	const query = word.slice(1);
	if (word.startsWith('@')) return people(session, query);
	if (word.startsWith('#')) return hashtags(session, query);
	return matching(await emojis(session), query);
}

async function people(session: Session, query: string): Promise<Suggestion[]> {
	const found = await session.rest.v1.accounts.search.list({ q: query, limit: SHOWN });
	return found.map((each) => ({
		value: `@${each.acct}`,
		label: each.displayName || each.username,
		hint: `@${each.acct}`,
		picture: each.avatarStatic
	}));
}

async function hashtags(session: Session, query: string): Promise<Suggestion[]> {
	const found = await session.rest.v2.search.list({ q: query, type: 'hashtags', limit: SHOWN });
	return found.hashtags.map((each) => ({
		value: `#${each.name}`,
		label: `#${each.name}`,
		hint: ''
	}));
}

const loaded = new Map<string, Promise<CustomEmoji[]>>();

export function emojis(session: Session): Promise<CustomEmoji[]> {
	let found = loaded.get(session.server);
	if (!found) {
		found = Promise.resolve(session.rest.v1.customEmojis.list());
		loaded.set(session.server, found);
	}
	return found;
}

function matching(all: readonly CustomEmoji[], query: string): Suggestion[] {
	const wanted = query.toLowerCase();
	return all
		.filter((each) => each.visibleInPicker && each.shortcode.toLowerCase().includes(wanted))
		.slice(0, SHOWN)
		.map((each) => ({
			value: `:${each.shortcode}:`,
			label: `:${each.shortcode}:`,
			hint: '',
			picture: each.staticUrl
		}));
}
