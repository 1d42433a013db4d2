/** The app's own files, fetched once for each version; all its addresses are one page. */
import { immutable } from '$app/manifest';
import { version } from '$app/env';
import {
	cleanupOutdatedCaches,
	createHandlerBoundToURL,
	precacheAndRoute
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { StaleWhileRevalidate } from 'workbox-strategies';

const BASE = '/app';
/** Fonts for other scripts, and the names of emojis, are fetched when somebody needs them. */
const LATER = /\.(woff2?|json)$|\.map$/;

export function precache(): void {
	const files = immutable
		.map(({ path }) => `${BASE}/${path.replace(/^\//, '')}`)
		.filter((path) => !LATER.test(path));
	precacheAndRoute([
		...files.map((url) => ({ url, revision: null })),
		...[`${BASE}/`, `${BASE}/prow.svg`].map((url) => ({
			url,
			revision: version
		}))
	]);
	cleanupOutdatedCaches();
	// The operator may choose other colours at any time.
	registerRoute(`${BASE}/theme.css`, new StaleWhileRevalidate({ cacheName: 'theme' }));
	const page = new NavigationRoute(createHandlerBoundToURL(`${BASE}/`), {
		allowlist: [/^\/app(\/|$)/]
	});
	registerRoute(page);
}
