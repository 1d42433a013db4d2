/// <reference lib="webworker" />
/** What other apps share with this one (Web Share Target): kept, and opened in the composer. */
import { writeValue } from '../lib/storage/database';

declare const self: ServiceWorkerGlobalScope;

export function takeShares(): void {
	self.addEventListener('fetch', (event) => {
		const url = new URL(event.request.url);
		if (event.request.method !== 'POST' || url.pathname !== '/app/share') return;
		event.respondWith(take(event.request));
	});
}

async function take(request: Request): Promise<Response> {
	const query = new URLSearchParams();
	try {
		const form = await request.formData();
		for (const name of ['title', 'text', 'url']) {
			const value = form.get(name);
			if (typeof value === 'string' && value) query.set(name, value);
		}
		const files = form.getAll('media').filter((each) => each instanceof File);
		if (files.length) await writeValue('share.files', files);
	} catch {
		// Nothing that can be read: the composer opens empty.
	}
	return Response.redirect(`/app/share?${query}`, 303);
}
