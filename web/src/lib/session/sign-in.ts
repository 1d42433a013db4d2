/** Signing in to a server: OAuth 2 with PKCE (RFC 7636), as an app registered there for this address. */
import { createOAuthAPIClient, createRestAPIClient, type mastodon } from 'masto';
import type { OwnAccount } from '#lib/api/types.ts';
import { BASE } from '#lib/links.ts';
import { forgetAccount } from '#lib/storage/database.ts';
import { forgetAnswers } from '#lib/pwa/caches.ts';
import { accounts, type StoredAccount } from './accounts.svelte';

const PENDING = 'rostra.signIn';
const SCOPES = 'read write follow push';
/** What operators' pages need; asked for again only where the server refuses to know them. */
const STAFF_SCOPES = `${SCOPES} admin:read admin:write`;

interface Pending {
	server: string;
	clientId: string;
	clientSecret: string;
	scopes: string;
	state: string;
	verifier: string;
	/** Where to go afterwards: a path below the base. */
	next: string;
}

/** Says why signing in failed; `code` is a key of locales/…/signIn.json. */
export class SignInError extends Error {
	constructor(
		readonly code: 'not-found' | 'refused' | 'stale' | 'denied',
		cause?: unknown
	) {
		super(code, { cause });
	}
}

/** The origin of a server as people write it: social.example, https://social.example/@me, @me@social.example */
export function serverOrigin(written: string): string | null {
	const host = written.trim().replace(/^@?[^@/]+@/, '');
	try {
		const url = new URL(/^https?:\/\//.test(host) ? host : `https://${host}`);
		const isLocal = /^(localhost|127\.0\.0\.1)$/.test(url.hostname);
		if (url.protocol === 'http:' && !isLocal && url.origin !== location.origin) return null;
		return url.hostname.includes('.') || isLocal || url.origin === location.origin
			? url.origin
			: null;
	} catch {
		return null;
	}
}

export function redirectUri(): string {
	return `${location.origin}${BASE}/auth`;
}

/** Send the member to `server`, which sends them back to /auth. `staff`: ask for what operators' pages need, too;
 * `again`: for an account that is known here.
 * @throws SignInError where there is no such server, or it refuses apps. */
export async function startSignIn(
	server: string,
	next = '/',
	{ staff = false, again = false } = {}
): Promise<void> {
	const app = await register(server, staff ? STAFF_SCOPES : SCOPES);
	const pending: Pending = {
		server,
		clientId: app.clientId!,
		clientSecret: app.clientSecret!,
		scopes: staff ? STAFF_SCOPES : SCOPES,
		state: randomText(),
		verifier: randomText(),
		next
	};
	localStorage.setItem(PENDING, JSON.stringify(pending));
	const url = new URL('/oauth/authorize', server);
	url.search = new URLSearchParams({
		response_type: 'code',
		client_id: pending.clientId,
		redirect_uri: redirectUri(),
		scope: pending.scopes,
		state: pending.state,
		code_challenge: await challenge(pending.verifier),
		code_challenge_method: 'S256',
		// Who adds an account wants to choose which.
		...(accounts.list.some((each) => each.server === server) && !staff && !again
			? { force_login: 'true' }
			: {})
	}).toString();
	location.assign(url);
}

/** Take the code that the server sent along.
 * @returns where the member wanted to go.
 * @throws SignInError */
export async function finishSignIn(answer: Pick<URLSearchParams, 'get'>): Promise<string> {
	const pending = JSON.parse(localStorage.getItem(PENDING) ?? 'null') as Pending | null;
	const code = answer.get('code');
	if (answer.get('error')) throw new SignInError('denied');
	if (!pending || !code || answer.get('state') !== pending.state) throw new SignInError('stale');
	localStorage.removeItem(PENDING);
	try {
		const token = await createOAuthAPIClient({ url: pending.server }).token.create({
			grantType: 'authorization_code',
			clientId: pending.clientId,
			clientSecret: pending.clientSecret,
			redirectUri: redirectUri(),
			scope: pending.scopes,
			code,
			...{ codeVerifier: pending.verifier }
		});
		const rest = createRestAPIClient({ url: pending.server, accessToken: token.accessToken });
		accounts.add(stored(pending, token.accessToken, await rest.v1.accounts.verifyCredentials()));
	} catch (error) {
		throw new SignInError('refused', error);
	}
	return pending.next;
}

/** End the token at its server, and forget the account. */
export async function signOut(account: StoredAccount): Promise<void> {
	accounts.remove(account.key);
	await forgetAccount(account.key).catch(() => null);
	try {
		await createOAuthAPIClient({ url: account.server }).revoke({
			clientId: account.clientId,
			clientSecret: account.clientSecret,
			token: account.token
		});
	} catch {
		// Offline, or ended already: here it is forgotten either way.
	}
	// Last, since answers may still have been on their way.
	await forgetAnswers(account.token).catch(() => null);
}

async function register(server: string, scopes: string): Promise<mastodon.v1.Client> {
	try {
		const app = await createRestAPIClient({ url: server }).v1.apps.create({
			clientName: 'Rostra',
			redirectUris: redirectUri(),
			scopes,
			website: location.origin
		});
		return app as mastodon.v1.Client;
	} catch (error) {
		throw new SignInError('not-found', error);
	}
}

function stored(pending: Pending, token: string, account: OwnAccount): StoredAccount {
	const host = new URL(pending.server).host;
	return {
		key: `${account.id}@${host}`,
		server: pending.server,
		token,
		clientId: pending.clientId,
		clientSecret: pending.clientSecret,
		scopes: pending.scopes,
		id: account.id,
		acct: `${account.username}@${host}`,
		displayName: account.displayName || account.username,
		avatar: account.avatarStatic
	};
}

function randomText(): string {
	return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

async function challenge(verifier: string): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
	return base64url(new Uint8Array(digest));
}

function base64url(bytes: Uint8Array): string {
	return btoa(String.fromCharCode(...bytes))
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.replaceAll('=', '');
}
