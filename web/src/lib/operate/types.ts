/** What the server tells its operators (docs/api-extensions.md, "Health"). Sizes are bytes, times ISO 8601. */

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
