import { readRefusals } from '#lib/api/refusals.ts';
import { loadLanguage } from '#lib/i18n/index.ts';
import { appearance, apply } from '#lib/settings/appearance.svelte.ts';

// One page for all addresses: what is shown is made in the browser.
export const ssr = false;
export const prerender = false;

readRefusals();

export async function load(): Promise<void> {
	apply(appearance.current);
	await loadLanguage();
}
