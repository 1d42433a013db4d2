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

	/** Stays until it is dismissed. */
	stay(text: string, action: Toast['action']): void {
		this.#show({ text, kind: 'done', action }, Infinity);
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

	#show(toast: Omit<Toast, 'id'>, shownMs = SHOWN_MS): void {
		const id = this.#next++;
		this.shown = [...this.shown.slice(-2), { ...toast, id }];
		if (shownMs < Infinity) setTimeout(() => this.dismiss(id), shownMs);
	}
}

export const toasts = new Toasts();
