// Lucide's icons as plain markup: its own components build each icon anew, element by element, which took a fifth of the
// time that a page of statuses takes to appear. Imports stay the same: `import Star from '@lucide/svelte/icons/star'`.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NAMED = /^@lucide\/svelte\/icons\/([a-z0-9-]+)$/;
const FOLDER = fileURLToPath(
	new URL('../node_modules/@lucide/svelte/dist/icons/', import.meta.url)
);
const OURS = 'src/lib/icons/lucide/';

/** @returns {import('vite').Plugin} */
export function staticIcons() {
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
function component(name) {
	// Old names lead to the file of the new one.
	const [, file] = /from ['"]\.\/(.+\.svelte)['"]/.exec(
		readFileSync(`${FOLDER}${name}.js`, 'utf8')
	);
	const found = /const iconData = (\{.*\});/.exec(readFileSync(FOLDER + file, 'utf8'));
	if (!found) throw new Error(`${name} is no icon that we can read: has lucide changed?`);
	const { node } = JSON.parse(found[1]);
	const shapes = node.map(([tag, attributes]) => {
		const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
		return `<${tag}${written.join('')} />`;
	});
	return `<script>
	let { size = 24, fill = 'none', class: given = '', 'aria-label': label, 'aria-hidden': hidden } = $props();
</script>
<svg width={size} height={size} class={given} aria-label={label} aria-hidden={hidden} {fill}
	role={label ? 'img' : undefined} viewBox="0 0 24 24" stroke="currentColor" stroke-width="2"
	stroke-linecap="round" stroke-linejoin="round">${shapes.join('')}</svg>`;
}
