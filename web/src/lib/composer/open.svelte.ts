/** What is being written above the page: opened from anywhere, by buttons and keys; one at a time, others laid aside. */
import type { Status } from '#lib/api/types.ts';
import type { Writing } from './writing';

export interface ComposeRequest {
	replyTo?: Status;
	quote?: Status;
	/** Change a status of one's own. */
	edit?: Status;
	/** Write anew what was deleted, as the server gave it back. */
	redraft?: Status;
	/** Start with this text, e.g. what was shared from another app. */
	text?: string;
	/** Open a draft of the server. */
	draftId?: string;
	visibility?: Status['visibility'];
}

class Composer {
	/** What the dialogue shows. */
	request = $state.raw<ComposeRequest | null>(null);
	/** What was laid aside to be gone on with, oldest first. */
	aside = $state.raw<readonly Writing[]>([]);
	#reopened: Writing | null = null;

	open(request: ComposeRequest = {}): void {
		this.request = request;
	}

	close(): void {
		this.request = null;
	}

	layAside(writing: Writing): void {
		this.aside = [...this.aside, writing];
		this.close();
	}

	/** Go on with what was closed. */
	reopen(writing: Writing): void {
		this.#reopened = writing;
		this.request = writing.request;
	}

	/** What was laid aside or closed for this request, if it was: the dialogue goes on with it. */
	take(request: ComposeRequest): Writing | undefined {
		const reopened = this.#reopened;
		this.#reopened = null;
		if (reopened?.request === request) return reopened;
		const found = this.aside.find((each) => each.request === request);
		this.aside = this.aside.filter((each) => each !== found);
		return found;
	}

	forget(writing: Writing): void {
		this.aside = this.aside.filter((each) => each !== writing);
	}
}

export const composer = new Composer();
