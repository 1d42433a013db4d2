/** Registers the service worker, and says when a new version of the app is there: it waits until one wants it. */
import { t } from '#lib/i18n/index.ts';
import { BASE } from '#lib/links.ts';
import { toasts } from '#lib/shell/toasts.svelte.ts';

const AGAIN_MS = 60 * 60_000;

/** Call once, when the page has loaded. */
export async function watchForUpdates(): Promise<void> {
	if (!('serviceWorker' in navigator)) return;
	try {
		const registration = await navigator.serviceWorker.register(`${BASE}/service-worker.js`, {
			scope: `${BASE}/`
		});
		if (registration.waiting) offer(registration);
		registration.addEventListener('updatefound', () => {
			const fresh = registration.installing;
			fresh?.addEventListener('statechange', () => {
				// The very first one has nothing to replace.
				if (fresh.state === 'installed' && navigator.serviceWorker.controller) offer(registration);
			});
		});
		let asked = Date.now();
		// Phones sleep for days, and then somebody looks.
		document.addEventListener('visibilitychange', () => {
			if (document.hidden || Date.now() - asked < AGAIN_MS) return;
			asked = Date.now();
			void registration.update().catch(() => null);
		});
		setInterval(() => void registration.update().catch(() => null), AGAIN_MS);
	} catch {
		// Private windows of some browsers have none: the app works without.
	}
}

function offer(registration: ServiceWorkerRegistration): void {
	toasts.stay(t('pwa.update'), {
		label: t('pwa.load'),
		run: () => {
			navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
				once: true
			});
			registration.waiting?.postMessage({ type: 'SKIP_WAITING' });
		}
	});
}
