// Lucide's icons as plain markup: its own components build each icon anew, element by element, which took a fifth of the
// time that a page of statuses takes to appear. Imports stay the same: `import Star from '@lucide/svelte/icons/star'`.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const NAMED = /^@lucide\/svelte\/icons\/([a-z0-9-]+)$/;
const FOLDER = fileURLToPath(
	new URL('../node_modules/@lucide/svelte/dist/icons/', import.meta.url)
);
const OURS = 'src/lib/icons/lucide/';

export function staticIcons(): Plugin {
	return {
		name: 'static-icons',
		enforce: 'pre',
		resolveId(source) {
			const found = NAMED.exec(source);
			return found ? fileURLToPath(new URL(`../${OURS}${found[1]}.svelte`, import.meta.url)) : null;
		},
		load(id) {
			const at = id.indexOf(OURS);
			return at < 0 || id.includes('?')
				? null
				: component(id.slice(at + OURS.length, -'.svelte'.length));
		}
	};
}

/** The source of a Svelte component that is one icon. */
function component(name: string): string {
	// Old names lead to the file of the new one.
	const file = /from ['"]\.\/(.+\.svelte)['"]/.exec(read(`${name}.js`))?.[1] ?? `${name}.svelte`;
	const data = /const iconData = (\{.*\});/.exec(read(file))?.[1];
	if (!data) throw new Error(`${name} is no icon that we can read: has lucide changed?`);
	const { node } = JSON.parse(data) as { node: [string, Record<string, string>][] };
	const shapes = node.map(([tag, attributes]) => {
		const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
		return `<${tag}${written.join('')} />`;
	});
	return `<script>
	let { size = 24, fill = 'none', class: given = '', 'aria-label': label, 'aria-hidden': hidden } = $props();
</script>
<svg width={size} height={size} class={given} aria-label={label} aria-hidden={hidden} {fill}
	role={label ? 'img' : undefined} viewBox="0 0 24 24" stroke="currentColor" stroke-width="2"
	stroke-linecap="round" stroke-linejoin="round">${shapes.join('')}</svg>`;
}

function read(file: string): string {
	return readFileSync(FOLDER + file, 'utf8');
}
