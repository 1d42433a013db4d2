/** What there is to find: people to follow, hashtags that many use. */
import type { mastodon } from 'masto';
import type { Account } from '#lib/api/types.ts';
import type { Session } from '#lib/session/session.svelte.ts';

/** Suggestions first, then who is active here; without those whom the member follows, once that is known. */
export async function findPeople(session: Session, limit = 60): Promise<Account[]> {
	const [suggested, active] = await Promise.all([
		session.rest.v2.suggestions.list({ limit: 20 }),
		session.rest.v1.directory.list({ local: true, order: 'active', limit: 40 })
	]);
	const all = [...suggested.map((each) => each.account), ...active];
	const found = new Map(all.map((each) => [each.id, each]));
	found.delete(session.stored.id);
	return [...found.values()].slice(0, limit);
}

/** People to follow whom one does not follow yet. */
export async function findStrangers(session: Session, limit: number): Promise<Account[]> {
	const people = await findPeople(session);
	if (!people.length) return [];
	const relationships = await session.rest.v1.accounts.relationships.fetch({
		id: people.slice(0, 40).map((each) => each.id)
	});
	session.relationships.keep(...relationships);
	const strangers = relationships.filter((each) => !each.following && !each.requested);
	const ids = new Set(strangers.map((each) => each.id));
	return people.filter((each) => ids.has(each.id)).slice(0, limit);
}

/** How many talked about it in the last two days. */
export function talkers(tag: mastodon.v1.Tag): number {
	return (tag.history ?? []).slice(0, 2).reduce((sum, day) => sum + Number(day.accounts), 0);
}
