/** How long a post is, as servers count it: addresses by a fixed number, mentions without their server. */
const URL_PATTERN = /https?:\/\/[^\s<>]+/g;
const MENTION = /(^|[^\w@/])@(\w[\w.-]*)@[\w.-]+\w/g;

let segmenter: Intl.Segmenter | undefined;

/** Characters as people see them: an emoji is one. */
export function count(text: string, charactersPerUrl = 23): number {
	const counted = text
		.replaceAll(URL_PATTERN, 'x'.repeat(charactersPerUrl))
		.replaceAll(MENTION, '$1@$2');
	segmenter ??= new Intl.Segmenter();
	return [...segmenter.segment(counted)].length;
}

/** The accounts that a text names: @name or @name@host, without the first @. */
export function mentioned(text: string): string[] {
	const found = text.matchAll(/(?:^|[^\w@/])@(\w[\w.-]*(?:@[\w.-]*\w)?)/g);
	return [...new Set([...found].map((each) => each[1]!.replace(/\.+$/, '').toLowerCase()))];
}
