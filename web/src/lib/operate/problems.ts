/** What the server found wrong in a form, by field, in the reader's language. */
import { i18next, t } from '#lib/i18n/index.ts';

export type Problems = Record<string, string>;

type Details = Record<string, readonly { error: string; description: string }[]>;

/** The problem of each field that `error` names; `words`: where their texts stand in the locales, by field and then
 * by code (`title.ERR_BLANK`). Of what stands nowhere the server's own words are taken. */
export function problemsOf(error: unknown, words: string): Problems {
	const details = (error as { details?: Details } | null)?.details ?? {};
	const found: Problems = {};
	for (const [name, [first]] of Object.entries(details)) {
		if (!first) continue;
		const key = `${words}.${name}.${first.error}`;
		found[name] = i18next.exists(key) ? t(key) : first.description;
	}
	return found;
}
