/** What the server tells its operators (docs/api-extensions.md, "Health"). Sizes are bytes, times ISO 8601. */
import type { mastodon } from 'masto';
import type { Account, Status } from '#lib/api/types.ts';

export interface Health {
	version: string;
	checkedAt: string;
	database: {
		version: string;
		embedded: boolean;
		size: number;
		connections: number;
		maxConnections: number;
		migration: string;
		pendingMigrations: string[];
	};
	queues: Queues;
	processes: { kind: string; host: string; pid: number; startedAt: string; running: number }[];
	streams: number;
	disk: {
		data: Volume;
		database: Volume | null;
		folders: Record<string, number | null>;
		countedAt: string | null;
	};
	mail: {
		method: 'smtp' | 'folder';
		server: string | null;
		sender: string;
		waiting: number;
		failed: number;
		lastSentAt: string | null;
		lastFailedAt: string | null;
		lastError: string | null;
	};
	certificate: { expiresAt?: string; names?: string[] } | null;
	problems: Problem[];
}

export interface Queues {
	events: number;
	waiting: number;
	running: number;
	later: number;
	failed: number;
	oldestSeconds: number;
	kinds: JobKind[];
}

export interface JobKind {
	kind: string;
	waiting: number;
	running: number;
	later: number;
	failed: number;
	oldestSeconds: number;
}

export interface Volume {
	total: number;
	used: number;
	free: number;
}

export interface Problem {
	key: string;
	severity: 'error' | 'warning' | 'notice';
	message: string;
	values: Record<string, string | number>;
}

export interface FailedJob {
	id: string;
	kind: string;
	data: unknown;
	tries: number;
	error: string;
	failedAt: string;
}

export interface Invite {
	id: string;
	code: string;
	url: string;
	maxUses: number | null;
	uses: number;
	expiresAt: string | null;
	createdAt: string;
}

/** A rule with its translations (GoToSocial's, Mastodon's entity). */
export interface Rule {
	id: string;
	text: string;
	hint: string;
	translations?: Record<string, { text: string; hint: string }>;
}

/** An announcement as those who write it see it. */
export interface OwnAnnouncement {
	id: string;
	/** As it was written. */
	text: string;
	/** HTML. */
	content: string;
	startsAt: string | null;
	endsAt: string | null;
	scheduledAt: string | null;
	publishedAt: string | null;
}

/** One of the network's own emojis. */
export interface OwnEmoji {
	id: string;
	shortcode: string;
	url: string;
	category: string | null;
	visibleInPicker: boolean;
	disabled: boolean;
}

/** What the network says of itself, by language. */
export interface SiteText {
	name: string;
	texts: Record<string, { text: string; updatedAt: string }>;
	languages: string[];
	maxLength: number;
}

export type Registration = 'open' | 'approval' | 'invitation' | 'closed';

/** What of the network's settings can be changed while it runs. */
export interface Changeable {
	title: string;
	description: string;
	contactEmail: string;
	/** A username; null before there is an operator. */
	contactAccount: string | null;
	registration: Registration;
	/** Markdown. */
	registrationMessage: string;
}

/** The network's settings in effect, and what would be without changes. */
export interface Site extends Changeable {
	domain: string;
	inFile: Changeable;
	maxLengths: Record<keyof Changeable, number>;
}

/** Who changed what of them; null: as the settings file says. */
export interface SiteChange {
	id: string;
	account: Account | null;
	changes: Partial<Record<keyof Changeable, { before: string | null; after: string | null }>>;
	createdAt: string;
}

/** A version of the terms of service, or a draft of one. */
export interface TermsVersion {
	id: string;
	/** Markdown. */
	text: string;
	/** What is new, in a few words. */
	changes: string;
	/** From when on it holds, such as 2026-12-01; drafts may have none yet. */
	effectiveDate: string | null;
	/** Null: a draft. */
	publishedAt: string | null;
}

/** What was decided about something that trends; `trendable` null: nothing yet. */
interface Decided {
	trendable: boolean | null;
	requiresReview: boolean;
}

export type TrendingTag = mastodon.v1.Tag & Decided & { id: string };
export type TrendingLink = mastodon.v1.TrendLink & Decided & { id: string; publisherId: string };
export type TrendingStatus = Status & Decided;
