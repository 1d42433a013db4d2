/** Texts from servers: cleaned once more here (they may come from anywhere), with links that stay in the app. */
import DOMPurify from 'dompurify';
import type { CustomEmoji } from '#lib/api/types.ts';
import { links } from '#lib/links.ts';
import { fillEmojis } from './emojis';
import { isLong, takeHashtagWall } from './folding';

interface Mention {
	url: string;
	acct: string;
}

/** What a text is about. */
interface Told {
	mentions?: readonly Mention[];
	tags?: readonly { name: string; url: string }[];
	emojis?: readonly CustomEmoji[];
}

const ALLOWED_TAGS = [
	...[
		'p',
		'br',
		'a',
		'span',
		'em',
		'strong',
		'b',
		'i',
		'del',
		's',
		'u',
		'sub',
		'sup',
		'ruby',
		'rt'
	],
	...['rp', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']
];
const ALLOWED_ATTR = ['href', 'class', 'lang', 'dir', 'start', 'value', 'translate'];
/** Mastodon's marks for parts of addresses, mentions and hashtags; others could borrow our own styles. */
const CLASSES = new Set(['mention', 'hashtag', 'u-url', 'h-card', 'invisible', 'ellipsis']);

/** A text as it is shown. */
export interface Rendered {
	/** Clean HTML for {@html}. */
	html: string;
	/** The hashtags of a wall at its end, which `html` is without. */
	tags: { name: string; href: string }[];
	/** Whether timelines cut it. */
	long: boolean;
}

const KEPT = 400;
const kept = new Map<string, Rendered>();

/** Clean HTML for {@html}, whole. */
export function renderContent(html: string, told: Told = {}): string {
	return remember(html, told, false).html;
}

/** The same in parts that can be folded. */
export function renderFolding(html: string, told: Told): Rendered {
	return remember(html, told, true);
}

function remember(html: string, told: Told, folding: boolean): Rendered {
	const key = `${folding}${html}\0${told.emojis?.map((each) => each.url).join() ?? ''}`;
	const known = kept.get(key);
	if (known !== undefined) return known;
	const made = render(html, told, folding);
	if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
	kept.set(key, made);
	return made;
}

/** The text alone, e.g. for an announcement. */
export function plainText(html: string): string {
	const fragment = clean(html);
	for (const part of fragment.querySelectorAll('br, p')) part.append('\n');
	return (fragment.textContent ?? '').trim();
}

function render(html: string, told: Told, folding: boolean): Rendered {
	const fragment = clean(html);
	for (const link of fragment.querySelectorAll('a')) stayInApp(link, told);
	fillEmojis(fragment, told.emojis ?? []);
	const wall = folding ? takeHashtagWall(fragment) : [];
	const holder = document.createElement('div');
	holder.append(fragment);
	return {
		html: holder.innerHTML,
		tags: wall.map((each) => ({
			name: each.textContent ?? '',
			href: each.getAttribute('href') ?? ''
		})),
		long: isLong(holder)
	};
}

function clean(html: string): DocumentFragment {
	const fragment = DOMPurify.sanitize(html, {
		ALLOWED_TAGS,
		ALLOWED_ATTR,
		ALLOW_DATA_ATTR: false,
		ALLOWED_URI_REGEXP: /^(?:https?|mailto|xmpp|gemini|magnet):/i,
		RETURN_DOM_FRAGMENT: true
	});
	for (const element of fragment.querySelectorAll('[class]')) {
		element.className = [...element.classList].filter((each) => CLASSES.has(each)).join(' ');
	}
	return fragment;
}

function stayInApp(link: HTMLAnchorElement, { mentions = [], tags = [] }: Told): void {
	const href = link.getAttribute('href') ?? '';
	const mention = mentions.find((each) => each.url === href);
	const name = (link.textContent ?? '').replace(/^#/, '');
	const isTag =
		link.textContent?.startsWith('#') &&
		tags.some((each) => each.name.localeCompare(name, undefined, { sensitivity: 'base' }) === 0);
	if (mention) link.setAttribute('href', links.account(mention));
	else if (isTag) link.setAttribute('href', links.tag(name));
	else {
		link.target = '_blank';
		link.rel = 'noopener noreferrer nofollow ugc';
		link.title = href;
	}
}
