/** Short messages at the edge of the screen: what was done, what failed, how to take it back. */

export interface Toast {
	id: number;
	text: string;
	kind: 'done' | 'failure';
	/** E.g. Undo. */
	action?: { label: string; run: () => void };
}

const SHOWN_MS = 6_000;

class Toasts {
	shown = $state.raw<Toast[]>([]);
	/** Read out by screen readers, seen by nobody. */
	announced = $state('');
	#next = 1;

	done(text: string, action?: Toast['action']): void {
		this.#show({ text, kind: 'done', action });
	}

	failure(text: string, action?: Toast['action']): void {
		this.#show({ text, kind: 'failure', action });
	}

	/** Tell screen readers of something that changed by itself. */
	announce(text: string): void {
		this.announced = text;
	}

	dismiss(id: number): void {
		this.shown = this.shown.filter((each) => each.id !== id);
	}

	#show(toast: Omit<Toast, 'id'>): void {
		const id = this.#next++;
		this.shown = [...this.shown.slice(-2), { ...toast, id }];
		setTimeout(() => this.dismiss(id), SHOWN_MS);
	}
}

export const toasts = new Toasts();
