/** Where one can go from everywhere. */
import Bell from '@lucide/svelte/icons/bell';
import Bookmark from '@lucide/svelte/icons/bookmark';
import Columns3 from '@lucide/svelte/icons/columns-3';
import Compass from '@lucide/svelte/icons/compass';
import FileText from '@lucide/svelte/icons/file-text';
import Globe from '@lucide/svelte/icons/globe';
import History from '@lucide/svelte/icons/history';
import House from '@lucide/svelte/icons/house';
import List from '@lucide/svelte/icons/list';
import Mail from '@lucide/svelte/icons/mail';
import Gauge from '@lucide/svelte/icons/gauge';
import Search from '@lucide/svelte/icons/search';
import Settings from '@lucide/svelte/icons/settings';
import Star from '@lucide/svelte/icons/star';
import Users from '@lucide/svelte/icons/users';
import { isStaff } from '#lib/operate/permissions.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import { links } from '#lib/links.ts';

export interface Place {
	/** Its name's key. */
	label: string;
	href: string;
	icon: typeof Bell;
	/** What it counts. */
	badge?: 'notifications' | 'messages';
}

/** On phones the first row of all, on desktops the upper part of the side. */
export const MAIN: Place[] = [
	{ label: 'nav.home', href: links.home, icon: House },
	{ label: 'nav.explore', href: links.explore, icon: Compass },
	{ label: 'nav.notifications', href: links.notifications, icon: Bell, badge: 'notifications' },
	{ label: 'nav.messages', href: links.messages, icon: Mail, badge: 'messages' }
];

const MORE: Place[] = [
	{ label: 'nav.search', href: links.search(), icon: Search },
	{ label: 'nav.catchUp', href: links.catchUp, icon: History },
	{ label: 'nav.columns', href: links.columns, icon: Columns3 },
	{ label: 'nav.local', href: links.local, icon: Users },
	{ label: 'nav.federated', href: links.federated, icon: Globe },
	{ label: 'nav.lists', href: links.lists, icon: List },
	{ label: 'nav.bookmarks', href: links.bookmarks, icon: Bookmark },
	{ label: 'nav.favourites', href: links.favourites, icon: Star },
	{ label: 'nav.drafts', href: links.drafts, icon: FileText },
	{ label: 'nav.settings', href: links.settings(), icon: Settings }
];

/** For those who run the network. */
export const OPERATE: Place = { label: 'nav.operate', href: links.operate(), icon: Gauge };

/** Where `session`'s member can go beyond the main places. */
export function morePlaces(session: Session): Place[] {
	return isStaff(session) ? [...MORE, OPERATE] : MORE;
}

/** Whether `path` is `href` or lies below it. */
export function isCurrent(href: string, path: string): boolean {
	const bare = href.split('?')[0]!;
	return bare === links.home
		? path === bare || path === bare.slice(0, -1)
		: path === bare || path.startsWith(`${bare}/`);
}
