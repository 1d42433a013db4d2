/// <reference lib="webworker" />
/** What was read can be read again without a network: answers of servers, each account's for itself, and pictures. */
import { ExpirationPlugin } from 'workbox-expiration';
import { registerRoute } from 'workbox-routing';
import { CacheFirst, NetworkFirst } from 'workbox-strategies';
import { ANSWERS, markedUrl, PICTURES } from '../lib/pwa/caches';

declare const self: ServiceWorkerGlobalScope;

const DAY = 24 * 3600;
/** What members read; nothing about operators, sessions or tokens. */
const READ = new RegExp(
	'^/api/v[12]/(timelines|statuses|accounts|notifications|conversations|instance|lists|bookmarks|' +
		'favourites|custom_emojis|filters|markers|preferences|trends|announcements|polls|drafts)(/|$)'
);
/** After this long without an answer, what was kept is shown. */
const PATIENCE_SECONDS = 5;

const FAILED = 'failed';

/** Windows say that the server is down, although they have something to show. */
async function tellOf(request: Request): Promise<void> {
	const server = new URL(request.url).origin;
	const windows = await self.clients.matchAll({ type: 'window' });
	for (const window of windows) window.postMessage({ type: 'failing', server });
}

export function keepAnswers(): void {
	const strategy = new NetworkFirst({
		cacheName: ANSWERS,
		networkTimeoutSeconds: PATIENCE_SECONDS,
		plugins: [
			{
				cacheKeyWillBeUsed: async ({ request }) =>
					markedUrl(request.url, request.headers.get('Authorization') ?? ''),
				cacheWillUpdate: async ({ response }) => (response.status === 200 ? response : null),
				// A server that is down is no better than none: what was kept is shown …
				fetchDidSucceed: async ({ request, response, state }) => {
					if (response.status < 500) return response;
					if (state) state[FAILED] = response;
					await tellOf(request);
					throw new Error(`${response.status}`);
				},
				// … and where nothing was, what it said.
				handlerDidError: async ({ state }) => state?.[FAILED] as Response | undefined
			},
			new ExpirationPlugin({ maxEntries: 400, maxAgeSeconds: 14 * DAY, purgeOnQuotaError: true })
		]
	});
	registerRoute(
		({ url, request }) => READ.test(url.pathname) && request.headers.has('Authorization'),
		strategy
	);
}

export function keepPictures(): void {
	const strategy = new CacheFirst({
		cacheName: PICTURES,
		plugins: [
			{
				// Opaque answers count for megabytes: only our own server's pictures are kept.
				cacheWillUpdate: async ({ response }) => (response.status === 200 ? response : null)
			},
			new ExpirationPlugin({ maxEntries: 500, maxAgeSeconds: 30 * DAY, purgeOnQuotaError: true })
		]
	});
	registerRoute(
		({ request, sameOrigin }) => sameOrigin && request.destination === 'image',
		strategy
	);
	registerRoute(
		({ request, sameOrigin }) => sameOrigin && request.destination === 'font',
		strategy
	);
}
