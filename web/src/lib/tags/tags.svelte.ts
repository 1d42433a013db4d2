/** The hashtags that a window knows, and how the member stands to them. */
import type { mastodon } from 'masto';
import { SvelteMap } from 'svelte/reactivity';
import type { Session } from '#lib/session/session.svelte.ts';

/** `featuring`: whether it is on the member's profile; servers that can't have it there don't say. */
export type Tag = mastodon.v1.Tag;

type Standing = Partial<Pick<Tag, 'following' | 'featuring'>>;

const STANDINGS: Record<string, Standing> = {
	followTag: { following: true },
	unfollowTag: { following: false },
	featureTag: { featuring: true },
	unfeatureTag: { featuring: false }
};

/** However somebody writes it, it is the same hashtag. */
function key(name: string): string {
	return name.toLowerCase();
}

export class Tags {
	#kept = new SvelteMap<string, Tag>();

	constructor(private readonly session: Session) {}

	/** What is known of a hashtag (reactive). */
	get(name: string): Tag | undefined {
		return this.#kept.get(key(name));
	}

	/** Keep what the server said, with what the member did since and waits to be sent. */
	keep(...tags: readonly Tag[]): void {
		for (const each of tags) this.#kept.set(key(each.name), this.#overlay(each));
	}

	async load(name: string): Promise<Tag> {
		const tag = await this.session.at('v1/tags', name).fetch<Tag>();
		this.keep(tag);
		return tag;
	}

	/** Follow a hashtag, or end it: shown at once, sent by the outbox. */
	follow(tag: Tag, value: boolean): void {
		this.#change(tag, { following: value }, value ? 'followTag' : 'unfollowTag');
	}

	/** Show a hashtag on the member's profile, or no longer. */
	feature(tag: Tag, value: boolean): void {
		this.#change(tag, { featuring: value }, value ? 'featureTag' : 'unfeatureTag');
	}

	#change(
		tag: Tag,
		standing: Standing,
		kind: 'followTag' | 'unfollowTag' | 'featureTag' | 'unfeatureTag'
	): void {
		this.#kept.set(key(tag.name), { ...(this.get(tag.name) ?? tag), ...standing });
		void this.session.outbox.add(kind, tag.name);
	}

	#overlay(tag: Tag): Tag {
		let shown = tag;
		for (const each of this.session.outbox.waiting) {
			const standing = key(each.target) === key(tag.name) ? STANDINGS[each.kind] : undefined;
			if (standing) shown = { ...shown, ...standing };
		}
		return shown;
	}
}

/** How often it was used on the days of its history: the last week. */
export function usesOf(tag: Tag): number {
	return (tag.history ?? []).reduce((sum, day) => sum + Number(day.uses), 0);
}

const opened = new WeakMap<Session, Tags>();

/** The hashtags that `session` knows. */
export function tagsOf(session: Session): Tags {
	const found = opened.get(session) ?? new Tags(session);
	opened.set(session, found);
	return found;
}
