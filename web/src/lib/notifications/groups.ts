/** Notifications as a screen shows them: in groups (https://docs.joinmastodon.org/methods/grouped_notifications/), or,
 * from servers that can't group, one by one in the same shape. */
import type { mastodon } from 'masto';
import { isMissing } from '#lib/api/errors.ts';
import type { Account, Status } from '#lib/api/types.ts';
import type { Session } from '#lib/session/session.svelte.ts';

export interface Group {
	/** The group's key. */
	id: string;
	type: string;
	/** Ids of notifications: for paging and for what was read. */
	newestId: string;
	oldestId: string;
	count: number;
	at: string;
	/** Some of those who did it, the newest first. */
	people: Account[];
	status: Status | null;
	/** By the server; false: one notification alone, from a server that can't group. */
	grouped: boolean;
}

/** https://docs.joinmastodon.org/methods/grouped_notifications/#GroupedNotificationsResults */
interface Results {
	accounts: Account[];
	statuses: Status[];
	notificationGroups: {
		groupKey: string;
		type: string;
		notificationsCount: number;
		mostRecentNotificationId: string | number;
		pageMinId?: string;
		pageMaxId?: string;
		latestPageNotificationAt?: string;
		sampleAccountIds: string[];
		statusId?: string;
	}[];
}

export const PAGE = 40;

/** Who is asked of: all, or those that name oneself. */
export type Kind = 'all' | 'mentions';

const TYPES: Record<Kind, string[] | undefined> = {
	all: undefined,
	mentions: ['mention', 'quote']
};

/** Accounts whose servers can't group; they are not asked again while the app is open. */
const ungrouped = new WeakSet<Session>();

/** A page of groups that are older than `maxId` (or newer than `sinceId`). */
export async function load(
	session: Session,
	kind: Kind,
	range: { maxId?: string; sinceId?: string } = {}
): Promise<Group[]> {
	const params = { ...range, limit: PAGE, types: TYPES[kind] };
	if (!ungrouped.has(session)) {
		try {
			return await grouped(session, params);
		} catch (error) {
			if (!isMissing(error)) throw error;
			ungrouped.add(session);
		}
	}
	const found = await session.rest.v1.notifications.list(params as never);
	return found.map((each) => single(session, each));
}

async function grouped(session: Session, params: object): Promise<Group[]> {
	const found = (await session.at('v2/notifications').fetch({
		...params,
		groupedTypes: ['favourite', 'reblog', 'follow', 'admin.sign_up']
	})) as Results;
	session.statuses.keep(...found.statuses);
	const people = new Map(found.accounts.map((each) => [each.id, each]));
	return found.notificationGroups.map((each) => ({
		id: each.groupKey,
		type: each.type,
		// `most_recent_notification_id` is a number, and too large to be read as one without loss.
		newestId: each.pageMaxId ?? String(each.mostRecentNotificationId),
		oldestId: each.pageMinId ?? String(each.mostRecentNotificationId),
		count: each.notificationsCount,
		at: each.latestPageNotificationAt ?? '',
		people: each.sampleAccountIds.map((id) => people.get(id)).filter((one) => one !== undefined),
		status: session.statuses.get(each.statusId ?? '') ?? null,
		grouped: true
	}));
}

function single(session: Session, each: mastodon.v1.Notification): Group {
	const status = ((each as { status?: Status | null }).status ?? null) as Status | null;
	if (status) session.statuses.keep(status);
	return {
		id: each.id,
		type: each.type,
		newestId: each.id,
		oldestId: each.id,
		count: 1,
		at: each.createdAt,
		people: [each.account],
		status,
		grouped: false
	};
}
