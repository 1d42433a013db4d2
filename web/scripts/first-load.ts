/** What home needs, as two files: the app's own code and what it is built on. Dozens of tiny files, each with a style
 * sheet of its own, cost a phone more round trips than they save bytes. */
import type { Plugin } from 'vite';

const ENTRIES = [
	'/src/routes/+layout.svelte',
	'/src/routes/(app)/+layout.svelte',
	'/src/routes/(app)/+page.svelte'
];
/** Entries stay files of their own: SvelteKit finds its way by them. So does its runtime. */
const OWN = /\/src\/lib\//;
const FOREIGN = /\/node_modules\/(?!@sveltejs|svelte\/)/;

/** All modules that home imports before it shows anything. */
const needed = new Set<string>();

/** Finds out what home needs, once all modules are known. */
export function firstLoad(): Plugin {
	return {
		name: 'rostra-first-load',
		applyToEnvironment: (environment) => environment.name === 'client',
		buildEnd() {
			needed.clear();
			const waiting = [...this.getModuleIds()].filter((id) =>
				ENTRIES.some((entry) => id.endsWith(entry))
			);
			for (let id = waiting.pop(); id; id = waiting.pop()) {
				if (needed.has(id)) continue;
				needed.add(id);
				waiting.push(...(this.getModuleInfo(id)?.importedIds ?? []));
			}
		}
	};
}

/** How rolldown puts modules into files. */
export const groups = [
	{ name: 'home', test: (id: string) => needed.has(id) && OWN.test(id), priority: 3 },
	{ name: 'base', test: (id: string) => needed.has(id) && FOREIGN.test(id), priority: 2 },
	{
		name: 'shared',
		test: FOREIGN,
		entriesAware: true,
		entriesAwareMergeThreshold: 40_000,
		priority: 1
	}
];
