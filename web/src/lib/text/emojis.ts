/** Custom emojis: shortcodes between colons, and the pictures that stand for them. */
import type { CustomEmoji } from '#lib/api/types.ts';

const SHORTCODE = /:([a-zA-Z0-9_]+):/g;

/** `text` cut at its emojis. */
export function withEmojis(text: string, emojis: readonly CustomEmoji[]): (string | CustomEmoji)[] {
	if (!emojis.length || !text.includes(':')) return [text];
	const known = new Map(emojis.map((each) => [each.shortcode, each]));
	const parts: (string | CustomEmoji)[] = [];
	let last = 0;
	for (const found of text.matchAll(SHORTCODE)) {
		const emoji = known.get(found[1]!);
		if (!emoji) continue;
		if (found.index > last) parts.push(text.slice(last, found.index));
		parts.push(emoji);
		last = found.index + found[0].length;
	}
	if (last < text.length) parts.push(text.slice(last));
	return parts;
}

/** Put pictures into the texts below `root`; code keeps what was written. */
export function fillEmojis(root: ParentNode, emojis: readonly CustomEmoji[]): void {
	if (!emojis.length) return;
	const walker = document.createTreeWalker(root as Node, NodeFilter.SHOW_TEXT);
	const texts: Text[] = [];
	while (walker.nextNode()) {
		const text = walker.currentNode as Text;
		if (text.data.includes(':') && !text.parentElement?.closest('code, pre')) texts.push(text);
	}
	for (const text of texts) {
		const parts = withEmojis(text.data, emojis);
		if (parts.length > 1 || typeof parts[0] !== 'string') {
			text.replaceWith(...parts.map((part) => (typeof part === 'string' ? part : picture(part))));
		}
	}
}

function picture(emoji: CustomEmoji): HTMLImageElement {
	const image = document.createElement('img');
	image.className = 'emoji';
	image.src = emoji.staticUrl;
	image.alt = image.title = `:${emoji.shortcode}:`;
	image.draggable = false;
	return image;
}
