/** What of a text is folded at first: walls of hashtags at its end, and what is very long. */

/** So many hashtags at the end are a wall. */
const WALL = 4;
/** Longer ones are cut in timelines: characters, and lines that their author made. */
const LONG_CHARACTERS = 1_000;
const LONG_LINES = 22;

/** Take a wall of hashtags from the end of `fragment`. @returns their links, in order; none if there is no wall. */
export function takeHashtagWall(fragment: ParentNode): HTMLAnchorElement[] {
	const last = fragment.lastElementChild;
	if (!last || last.tagName !== 'P') return [];
	const tags: HTMLAnchorElement[] = [];
	const taken: ChildNode[] = [];
	for (let node = last.lastChild; node; node = node.previousSibling) {
		if (isHashtag(node)) tags.unshift(node);
		else if (node.textContent?.trim() || node instanceof HTMLImageElement) {
			// Hashtags in the line of a sentence belong to it.
			return [];
		} else if (isBreak(node) && tags.length) {
			taken.push(node);
			break;
		}
		taken.push(node);
	}
	if (tags.length < WALL) return [];
	for (const node of taken) node.remove();
	if (!last.textContent?.trim() && !last.querySelector('img')) last.remove();
	return tags;
}

function isHashtag(node: Node): node is HTMLAnchorElement {
	return node instanceof HTMLAnchorElement && /^#\S+$/.test(node.textContent ?? '');
}

function isBreak(node: Node): boolean {
	return node instanceof HTMLBRElement;
}

/** Whether a text is so long that timelines cut it. */
export function isLong(fragment: ParentNode): boolean {
	const lines = fragment.querySelectorAll('br, p, li, h1, h2, h3, h4, blockquote').length;
	const text = [...fragment.childNodes].map((each) => each.textContent).join('');
	return text.length > LONG_CHARACTERS || lines > LONG_LINES;
}
