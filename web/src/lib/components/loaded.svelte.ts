/** Something that a screen asks the server for once: whether it is there yet, and what went wrong. */
import { untrack } from 'svelte';
import { errorText } from '#lib/api/errors.ts';

export class Loaded<T> {
	value = $state.raw<T | null>(null);
	error = $state('');
	loading = $state(false);

	constructor(private readonly ask: () => PromiseLike<T>) {
		$effect(() => untrack(() => void this.load()));
	}

	load = async (): Promise<void> => {
		this.loading = true;
		this.error = '';
		try {
			this.value = await this.ask();
		} catch (error) {
			this.error = errorText(error);
		} finally {
			this.loading = false;
		}
	};
}
