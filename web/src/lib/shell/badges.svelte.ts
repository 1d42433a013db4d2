/** How much is unread: counted at the start, and whenever something comes. */
import type { Session } from '#lib/session/session.svelte.ts';

const MESSAGES_MS = 2_500;
const TOGETHER_MS = 500;

class Badges {
	notifications = $state(0);
	messages = $state(0);

	/** Count for `session`. @returns what ends it. */
	follow(session: Session): () => void {
		void this.count(session);
		// What is shown first comes first; and many that come at once are counted once.
		const messages = soon(() => void this.countMessages(session), MESSAGES_MS);
		const notifications = soon(() => void this.count(session), TOGETHER_MS);
		messages.ask();
		const stop = session.live.listen(
			{ name: 'user' },
			(event) => {
				if (event.event !== 'notification' && event.event !== 'notifications_merged') return;
				notifications.ask();
				if (event.event === 'notification' && event.payload.type === 'mention') messages.ask();
			},
			() => notifications.ask()
		);
		return () => {
			messages.end();
			notifications.end();
			stop();
		};
	}

	/** Of the newest conversations: those that have something unread. */
	async countMessages(session: Session): Promise<void> {
		try {
			const found = await session.rest.v1.conversations.list({ limit: 40 });
			this.messages = found.filter((each) => each.unread).length;
			this.#show();
		} catch {
			// Stays as it was.
		}
	}

	/** All notifications were seen. */
	clear(): void {
		this.notifications = 0;
		this.#show();
	}

	async count(session: Session): Promise<void> {
		try {
			const { count } = await session.rest.v2.notifications.unreadCount.fetch();
			this.notifications = count;
			this.#show();
		} catch {
			// Stays as it was.
		}
	}

	/** On the icon of the installed app; messages are notifications as well. */
	#show(): void {
		const count = Math.max(this.notifications, this.messages);
		const done = count ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
		// Not every system shows numbers.
		void done?.catch(() => null);
	}
}

/** Do `work` some time after it was asked for, once for all that ask in between. */
function soon(work: () => void, wait: number): { ask: () => void; end: () => void } {
	let timer: ReturnType<typeof setTimeout> | undefined;
	return {
		ask() {
			timer ??= setTimeout(() => {
				timer = undefined;
				work();
			}, wait);
		},
		end: () => clearTimeout(timer)
	};
}

export const badges = new Badges();
