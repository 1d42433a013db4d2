/** Refusals that other servers give as a page or as nothing at all (404 and 405 of endpoints that they don't have).
 * masto loses their status, and has no place for an own `fetch`; so what it sees is made what it expects. */

/** What a server says of an address that it doesn't have at all. What isn't there of those that it has is told as JSON. */
const NO_SUCH_ENDPOINT = [404, 405];
export const NOT_IMPLEMENTED = 501;

/** From now on, whatever `fetch` answers with a failure is JSON with `error`, as Mastodon's API has it. */
export function readRefusals(): void {
	const original = globalThis.fetch;
	globalThis.fetch = async (...request) => asJson(await original(...request));
}

function asJson(answer: Response): Response {
	if (answer.ok || answer.status < 400 || isJson(answer)) return answer;
	const status = NO_SUCH_ENDPOINT.includes(answer.status) ? NOT_IMPLEMENTED : answer.status;
	return Response.json({ error: answer.statusText }, { status, statusText: answer.statusText });
}

function isJson(answer: Response): boolean {
	return /^application\/json\b/.test(answer.headers.get('Content-Type') ?? '');
}
