/** The caches of the service worker, which windows can look into, too. */

export const ANSWERS = 'answers';
export const PICTURES = 'pictures';
const MARK = '__reader';

/** The address of an answer, marked with whose it is: nobody is shown what somebody else may read. */
export async function markedUrl(url: string, authorization: string): Promise<string> {
	const marked = new URL(url);
	marked.searchParams.set(MARK, await markOf(authorization));
	return marked.href;
}

/** Forget all answers that were kept for an account, e.g. when it signs out. */
export async function forgetAnswers(token: string): Promise<void> {
	if (!('caches' in globalThis)) return;
	const mark = await markOf(`Bearer ${token}`);
	const cache = await caches.open(ANSWERS);
	for (const request of await cache.keys()) {
		if (new URL(request.url).searchParams.get(MARK) === mark) await cache.delete(request);
	}
}

async function markOf(authorization: string): Promise<string> {
	const bytes = new TextEncoder().encode(authorization);
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	return [...digest.slice(0, 8)].map((each) => each.toString(16).padStart(2, '0')).join('');
}
