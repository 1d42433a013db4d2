/** How much is unread: counted at the start, and whenever something comes. */
import type { Session } from '#lib/session/session.svelte.ts';

class Badges {
	notifications = $state(0);
	messages = $state(0);

	/** Count for `session`. @returns what ends it. */
	follow(session: Session): () => void {
		void this.count(session);
		return session.live.listen(
			{ name: 'user' },
			(event) => {
				if (event.event === 'notification' || event.event === 'notifications_merged') {
					void this.count(session);
				}
			},
			() => void this.count(session)
		);
	}

	async count(session: Session): Promise<void> {
		try {
			const { count } = await session.rest.v2.notifications.unreadCount.fetch();
			this.notifications = count;
		} catch {
			// Stays as it was.
		}
	}
}

export const badges = new Badges();
