/** What src/app.html has asked the server for, while the app's own code was still on its way. */
import { camelCase } from './camel-case';

declare global {
	interface Window {
		/** Of one account: answers by their paths, each to be taken once. */
		early?: { key: string; answers: Record<string, Promise<Response>> };
	}
}

const FRESH_MS = 20_000;

/** The answer at `path` for the account `key`; null where none was asked for, or it went wrong: ask again. */
export async function takeEarly<T>(key: string, path: string): Promise<T | null> {
	const early = window.early;
	// It was asked when the page began, which is when this clock began.
	const asked =
		early?.key === key && performance.now() < FRESH_MS ? early.answers[path] : undefined;
	if (!asked) return null;
	delete early!.answers[path];
	try {
		const answer = await asked;
		return answer.ok ? camelCase<T>(await answer.json()) : null;
	} catch {
		return null;
	}
}
