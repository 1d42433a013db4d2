import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { firstLoad, groups } from './scripts/first-load.ts';
import { staticIcons } from './scripts/static-icons.ts';

export default defineConfig({
	plugins: [
		staticIcons(),
		firstLoad(),
		sveltekit({
			// One page for all addresses: the server answers it for whatever lies below /app/.
			adapter: adapter({ fallback: 'index.html', precompress: true }),
			paths: { base: '/app', relative: false },
			// lib/pwa/updates.svelte.ts registers it, and asks before it changes anything.
			serviceWorker: { register: false },
			version: { pollInterval: 0 }
		})
	],
	build: { target: 'es2022' },
	environments: {
		client: {
			build: {
				rolldownOptions: {
					output: {
						assetFileNames: '_app/immutable/assets/[hash][extname]',
						codeSplitting: { groups }
					}
				}
			}
		}
	},
	server: {
		proxy: {
			'^/(?!app)': { target: process.env.ROSTRA_URL ?? 'http://localhost:8420', ws: true }
		}
	}
});
