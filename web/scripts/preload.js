// After a build: names in index.html what home needs, so that browsers fetch it at once and not file by file as they
// find out. (SvelteKit does so for pages that it renders; this one page stands for all addresses.)
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const KIT = '.svelte-kit';
const PAGE = 'build/index.html';
const NODES = `${KIT}/generated/build/client-optimized/nodes`;
const NEEDED = ['src/routes/+layout', 'src/routes/(app)/+layout', 'src/routes/(app)/+page'];

/** Screens that links from elsewhere lead to: what they need beside what home needs. */
const LINKED = {
	profile: 'src/routes/(app)/@[acct]/+page',
	thread: 'src/routes/(app)/@[acct]/[id]/+page'
};

const manifest = JSON.parse(readFileSync(`${KIT}/output/client/.vite/manifest.json`, 'utf8'));

/** Add to `files` the scripts and style sheets that `key` needs before it shows anything. */
function collect(key, files) {
	const chunk = manifest[key];
	if (!chunk || files.has(chunk.file)) return;
	files.add(chunk.file);
	for (const style of chunk.css ?? []) files.add(style);
	for (const imported of chunk.imports ?? []) collect(imported, files);
}

/** The files of the pages and layouts `paths`. */
function filesOf(paths) {
	const files = new Set();
	for (const name of readdirSync(NODES)) {
		const text = readFileSync(`${NODES}/${name}`, 'utf8');
		if (paths.some((path) => text.includes(`${path}.`))) collect(`${NODES}/${name}`, files);
	}
	if (!files.size) throw new Error(`No files were found for ${paths}: has SvelteKit changed?`);
	return files;
}

const first = filesOf(NEEDED);
for (const key of Object.keys(manifest)) {
	if (/client\/entry\.js$|client-optimized\/app\.js$/.test(key)) collect(key, first);
}
const linked = Object.fromEntries(
	Object.entries(LINKED).map(([name, path]) => [
		name,
		[...filesOf([path])].filter((file) => !first.has(file)).map((file) => `/app/${file}`)
	])
);

const isStyle = (file) => file.endsWith('.css');
const links = [...first]
	.sort((a, b) => isStyle(b) - isStyle(a))
	.map(
		(file) => `<link rel="${isStyle(file) ? 'stylesheet' : 'modulepreload'}" href="/app/${file}" />`
	);
/** The words are of one language of several: the page chooses as src/lib/i18n/index.ts does. */
const words = Object.fromEntries(
	Object.entries(manifest)
		.filter(([key]) => /locales\/\w+\.ts$/.test(key))
		.map(([key, chunk]) => [key.match(/(\w+)\.ts$/)[1], `/app/${chunk.file}`])
);
/** Runs in the page. */
function choose(words, linked) {
	const fetchEarly = (href) => {
		const link = document.createElement('link');
		link.rel = href.endsWith('.css') ? 'preload' : 'modulepreload';
		if (link.rel === 'preload') link.as = 'style';
		link.href = href;
		document.head.append(link);
	};
	const wanted = [localStorage.getItem('rostra.language'), ...navigator.languages];
	const language = wanted
		.map((each) => each?.slice(0, 2).toLowerCase())
		.find((each) => words[each]);
	fetchEarly(words[language ?? 'en']);
	const [address, id] = /^\/app\/@[^/]+(\/\w*\d\w*)?$/.exec(location.pathname) ?? [];
	if (address) linked[id ? 'thread' : 'profile'].forEach(fetchEarly);
}
const html = readFileSync(PAGE, 'utf8')
	// Before all style sheets: scripts wait for those above them.
	.replace(
		'<meta charset="utf-8" />',
		() =>
			`<meta charset="utf-8" />\n\t\t<script>(${choose})(${JSON.stringify(words)}, ${JSON.stringify(linked)})</script>`
	)
	.replace('</head>', `\t${links.join('\n\t\t')}\n\t</head>`);
writeFileSync(PAGE, html);
writeFileSync(`${PAGE}.br`, brotliCompressSync(html));
writeFileSync(`${PAGE}.gz`, gzipSync(html, { level: 9 }));
