/** Endpoints that masto has no words for, through the same client: keys become camelCase, errors are the same. */
import type { mastodon } from 'masto';
import type { Client } from './types';

export interface Endpoint {
	/** GET */
	fetch<T>(params?: unknown): Promise<T>;
	/** POST */
	create<T>(data?: unknown, meta?: unknown): Promise<T>;
	/** PUT */
	update<T>(data?: unknown): Promise<T>;
	/** DELETE */
	remove<T>(data?: unknown): Promise<T>;
	/** GET, page by page along the Link headers. */
	list<T>(params?: unknown): mastodon.Paginator<T>;
}

interface Selectable {
	$select(...path: string[]): Endpoint;
}

/** The endpoint at `path` below /api: endpoint(rest, 'v1/drafts', id). Parts are encoded. */
export function endpoint(rest: Client, path: string, ...parts: string[]): Endpoint {
	const all = [...path.split('/'), ...parts.map(encodeURIComponent)];
	return (rest as unknown as Selectable).$select(...all);
}
