import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { staticIcons } from './scripts/static-icons.ts';

export default defineConfig({
	plugins: [
		staticIcons(),
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
						// Dozens of tiny files cost more round trips than they save bytes: neighbours are put together.
						codeSplitting: {
							groups: [
								{
									name: 'shared',
									test: /\/node_modules\/(?!@sveltejs|svelte\/)/,
									entriesAware: true,
									entriesAwareMergeThreshold: 40_000
								}
							]
						}
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
