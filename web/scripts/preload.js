// After a build: names in index.html what home needs, so that browsers fetch it at once and not file by file as they
// find out. (SvelteKit does so for pages that it renders; this one page stands for all addresses.)
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const KIT = '.svelte-kit';
const PAGE = 'build/index.html';
const NODES = `${KIT}/generated/build/client-optimized/nodes`;
const NEEDED = ['src/routes/+layout', 'src/routes/(app)/+layout', 'src/routes/(app)/+page'];

const manifest = JSON.parse(readFileSync(`${KIT}/output/client/.vite/manifest.json`, 'utf8'));
const scripts = new Set();
const styles = new Set();

function collect(key) {
	const chunk = manifest[key];
	if (!chunk || scripts.has(chunk.file)) return;
	scripts.add(chunk.file);
	for (const style of chunk.css ?? []) styles.add(style);
	for (const imported of chunk.imports ?? []) collect(imported);
}

for (const name of readdirSync(NODES)) {
	const text = readFileSync(`${NODES}/${name}`, 'utf8');
	if (NEEDED.some((path) => text.includes(`${path}.`))) collect(`${NODES}/${name}`);
}
for (const key of Object.keys(manifest)) {
	if (/client\/entry\.js$|client-optimized\/app\.js$/.test(key)) collect(key);
}
if (!scripts.size) throw new Error('No files were found that home needs: has SvelteKit changed?');

const links = [
	...[...styles].map((file) => `<link rel="stylesheet" href="/app/${file}" />`),
	...[...scripts].map((file) => `<link rel="modulepreload" href="/app/${file}" />`)
];
/** The words are of one language of several: the page chooses as src/lib/i18n/index.ts does. */
const words = Object.fromEntries(
	Object.entries(manifest)
		.filter(([key]) => /locales\/\w+\.ts$/.test(key))
		.map(([key, chunk]) => [key.match(/(\w+)\.ts$/)[1], `/app/${chunk.file}`])
);
const choose = `{const w=${JSON.stringify(words)},l=document.createElement('link');l.rel='modulepreload';l.href=w[[localStorage.getItem('rostra.language'),...navigator.languages].map((n)=>n?.slice(0,2).toLowerCase()).find((n)=>w[n])??'en'];document.head.append(l)}`;
const html = readFileSync(PAGE, 'utf8')
	// Before all style sheets: scripts wait for those above them.
	.replace('<meta charset="utf-8" />', `$&\n\t\t<script>${choose}</script>`)
	.replace('</head>', `\t${links.join('\n\t\t')}\n\t</head>`);
writeFileSync(PAGE, html);
writeFileSync(`${PAGE}.br`, brotliCompressSync(html));
writeFileSync(`${PAGE}.gz`, gzipSync(html, { level: 9 }));
