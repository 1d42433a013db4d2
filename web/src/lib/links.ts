/** All addresses within the app: the only place that knows how they look. */
import { asset } from '$app/paths';

/** What lies before every path: /app */
export const BASE = asset('prow.svg').replace(/\/prow\.svg$/, '');

export const links = {
	home: `${BASE}/`,
	local: `${BASE}/local`,
	federated: `${BASE}/federated`,
	notifications: `${BASE}/notifications`,
	notificationRequests: `${BASE}/notifications/requests`,
	followRequests: `${BASE}/follow-requests`,
	messages: `${BASE}/messages`,
	message: (id: string) => `${BASE}/messages/${id}`,
	search: (query = '') => `${BASE}/search${query ? `?q=${encodeURIComponent(query)}` : ''}`,
	explore: `${BASE}/explore`,
	catchUp: `${BASE}/catch-up`,
	columns: `${BASE}/columns`,
	lists: `${BASE}/lists`,
	list: (id: string) => `${BASE}/lists/${id}`,
	tags: `${BASE}/tags`,
	tag: (name: string) => `${BASE}/tags/${encodeURIComponent(name)}`,
	bookmarks: `${BASE}/bookmarks`,
	favourites: `${BASE}/favourites`,
	compose: `${BASE}/compose`,
	drafts: `${BASE}/drafts`,
	scheduled: `${BASE}/scheduled`,
	settings: (page = '') => `${BASE}/settings${page ? `/${page}` : ''}`,
	operate: (page = '') => `${BASE}/operate${page ? `/${page}` : ''}`,
	about: `${BASE}/about`,
	signIn: `${BASE}/sign-in`,
	account: (account: { acct: string }, tab = '') =>
		`${BASE}/@${account.acct}${tab ? `/${tab}` : ''}`,
	taggedBy: (account: { acct: string }, tag: string) =>
		`${BASE}/@${account.acct}/tagged/${encodeURIComponent(tag)}`,
	status: (status: { id: string; account: { acct: string } }) =>
		`${BASE}/@${status.account.acct}/${status.id}`
};
