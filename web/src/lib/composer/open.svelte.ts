/** The composer that lies above the page: opened from anywhere, by buttons and keys. */
import type { Status } from '#lib/api/types.ts';

export interface ComposeRequest {
	replyTo?: Status;
	quote?: Status;
	/** Change a status of one's own. */
	edit?: Status;
	/** Start with this text, e.g. what was shared from another app. */
	text?: string;
	/** Open a draft of the server. */
	draftId?: string;
	visibility?: Status['visibility'];
}

class Composer {
	request = $state.raw<ComposeRequest | null>(null);

	open(request: ComposeRequest = {}): void {
		this.request = request;
	}

	close(): void {
		this.request = null;
	}
}

export const composer = new Composer();
