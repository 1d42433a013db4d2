/** Single keys and `g` followed by a letter, as in Mastodon. They are off while one writes, and can be turned off. */
import { goto } from '$app/navigation';
import type { Status } from '#lib/api/types.ts';
import { composer } from '#lib/composer/open.svelte.ts';
import { links } from '#lib/links.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import { canBoost, toggle } from '#lib/statuses/actions.ts';
import { opened, textFold } from '#lib/statuses/opened.svelte.ts';
import { original } from '#lib/statuses/statuses.svelte.ts';
import { selection } from './selection.svelte';

const GO: Record<string, string> = {
	h: links.home,
	n: links.notifications,
	l: links.local,
	t: links.federated,
	m: links.messages,
	e: links.explore,
	u: links.catchUp,
	c: links.columns,
	b: links.bookmarks,
	f: links.favourites,
	d: links.drafts,
	i: links.lists,
	s: links.settings()
};
const SEQUENCE_MS = 1_200;
const STORED = 'rostra.keys';

/** Whether single keys do anything (WCAG 2.1.4: they can be turned off). */
export function keysAreOn(): boolean {
	return localStorage.getItem(STORED) !== 'off';
}

export function setKeys(on: boolean): void {
	if (on) localStorage.removeItem(STORED);
	else localStorage.setItem(STORED, 'off');
}

/** Hear the keys of the whole page. @returns what ends it. */
export function listen(session: Session, showHelp: () => void): () => void {
	let going = 0;

	function onkeydown(event: KeyboardEvent): void {
		if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
		if (document.querySelector('dialog[open]')) return;
		if (!keysAreOn() && event.key !== '?') return;
		if (going && Date.now() - going < SEQUENCE_MS) {
			going = 0;
			return go(event);
		}
		if (event.key === 'g') {
			going = Date.now();
			return;
		}
		if (/^[1-9]$/.test(event.key) && toColumn(event.key)) return event.preventDefault();
		const run = commands(session, showHelp)[event.key];
		if (!run) return;
		if (run() !== false) event.preventDefault();
	}

	function go(event: KeyboardEvent): void {
		const key = event.key;
		const me = session.account;
		const target = key === 'p' && me ? links.account(me) : GO[key];
		if (target) {
			event.preventDefault();
			void goto(target);
		}
	}

	addEventListener('keydown', onkeydown);
	return () => removeEventListener('keydown', onkeydown);
}

function isWriting(target: EventTarget | null): boolean {
	return (
		target instanceof HTMLElement &&
		(target.isContentEditable || !!target.closest('input, textarea, select, [role="menu"]'))
	);
}

/** What each key does; false: nothing, the browser may have it. */
function commands(session: Session, showHelp: () => void): Record<string, () => void | false> {
	const on = (act: (status: Status) => void) => () => {
		const found = current(session);
		if (!found) return false;
		act(found);
	};
	return {
		j: () => move(1),
		k: () => move(-1),
		'.': () => selection.list?.newer?.(),
		'/': () => void search(),
		'?': showHelp,
		c: () => composer.open(),
		n: () => composer.open(),
		r: on((status) => composer.open({ replyTo: status })),
		f: on((status) => toggle(session, status, 'favourited')),
		l: on((status) => toggle(session, status, 'favourited')),
		d: on((status) => toggle(session, status, 'bookmarked')),
		B: on((status) => canBoost(session, status) && toggle(session, status, 'reblogged')),
		q: on((status) => composer.open({ quote: status })),
		x: on((status) => opened.toggle(status.spoilerText ? status.id : textFold(status))),
		o: on((status) => void goto(links.status(status))),
		p: on((status) => void goto(links.account(status.account))),
		Enter: () => {
			const focus = document.activeElement;
			const found = focus?.matches('article.status') ? current(session) : null;
			if (!found) return false;
			void goto(links.status(found));
		},
		Backspace: () => history.back()
	};
}

async function search(): Promise<void> {
	await goto(links.search());
	document.querySelector<HTMLElement>('main [type="search"]')?.focus();
}

function focusedArticle(): HTMLElement | null {
	return document.activeElement?.closest<HTMLElement>('article.status') ?? null;
}

function current(session: Session): Status | null {
	const id = focusedArticle()?.dataset.status;
	const found = id ? (session.statuses.get(id) ?? inList(id)) : null;
	if (!found) return null;
	const shown = original(found);
	return session.statuses.get(shown.id) ?? shown;
}

function inList(id: string): Status | null {
	const list = selection.list;
	for (let index = 0; list && index < list.count(); index++) {
		const status = list.status(index);
		if (status?.id === id) return status;
	}
	return null;
}

/** The column that the focus is in, or the page. */
function around(): ParentNode {
	return document.activeElement?.closest('[data-column]') ?? document;
}

/** Go to a column: to the topmost post that is seen there. @returns whether there is one. */
function toColumn(number: string): boolean {
	const column = document.querySelector<HTMLElement>(`[data-column="${number}"]`);
	if (!column) return false;
	column.scrollIntoView({ block: 'nearest', inline: 'nearest' });
	column.querySelector<HTMLElement>('[role="region"]')?.focus({ preventScroll: true });
	focus(topmost() + 1);
	return true;
}

/** Focus the next status, or the previous one; at first the topmost that is seen. */
function move(step: 1 | -1): void {
	const list = selection.list;
	if (!list) return;
	const article = focusedArticle();
	let index = article ? Number(article.getAttribute('aria-posinset')) - 1 + step : topmost();
	while (index >= 0 && index < list.count() && !list.status(index)) index += step;
	if (index < 0 || index >= list.count()) return;
	if (focus(index + 1)) return;
	list.reveal(index);
	requestAnimationFrame(() => requestAnimationFrame(() => focus(index + 1)));
}

/** @returns whether it was there. */
function focus(position: number): boolean {
	const article = around().querySelector<HTMLElement>(
		`article.status[aria-posinset="${position}"]`
	);
	article?.focus({ preventScroll: true });
	article?.scrollIntoView({ block: 'nearest' });
	return !!article;
}

function topmost(): number {
	const top = 60;
	for (const article of around().querySelectorAll<HTMLElement>('article.status[aria-posinset]')) {
		if (article.getBoundingClientRect().bottom > top) {
			return Number(article.getAttribute('aria-posinset')) - 1;
		}
	}
	return 0;
}
