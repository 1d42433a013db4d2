/// <reference lib="webworker" />
/** The app without a network: its own files, what was read, pushes, and what other apps share with it. */
import { precache } from './files';
import { keepAnswers, keepPictures } from './kept';
import { listenForPushes } from './pushes';
import { takeShares } from './shares';

declare const self: ServiceWorkerGlobalScope;

precache();
keepAnswers();
keepPictures();
takeShares();
listenForPushes();

// A new version waits until its reader wants it (lib/pwa/updates.svelte.ts).
self.addEventListener('message', (event) => {
	if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
