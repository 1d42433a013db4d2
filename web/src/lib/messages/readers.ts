/** Messages begin by naming those who read them: that is said once, above all, and not in each. */
import type { Account, Status } from '#lib/api/types.ts';
import { plainText } from '#lib/text/content.ts';

/** `html` without the mentions that it begins with. */
export function withoutReaders(html: string): string {
	const body = new DOMParser().parseFromString(html, 'text/html').body;
	const first = body.firstElementChild;
	if (!first) return html;
	for (let node = first.firstChild; node; node = first.firstChild) {
		const isMention =
			node instanceof HTMLElement &&
			(node.matches('.mention, .h-card') || node.querySelector('.mention') !== null) &&
			/^@\S+$/.test(node.textContent?.trim() ?? '');
		const isSpace = node.nodeType === Node.TEXT_NODE && !node.textContent?.trim();
		if (isMention || isSpace) node.remove();
		else break;
	}
	if (first.firstChild?.nodeType === Node.TEXT_NODE) {
		first.firstChild.textContent = (first.firstChild.textContent ?? '').trimStart();
	}
	if (!first.hasChildNodes()) first.remove();
	return body.innerHTML;
}

/** The beginning of a message, for lists. */
export function excerpt(status: Status | null | undefined, length = 160): string {
	if (!status) return '';
	const text = status.spoilerText || plainText(status.content);
	return text.replace(/^(@\S+\s+)+/, '').slice(0, length);
}

/** What a message has to begin with for `readers` to see it. */
export function namesOf(readers: readonly Account[]): string {
	return readers.map((each) => `@${each.acct} `).join('');
}
