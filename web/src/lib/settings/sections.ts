/** The pages of the settings: in the app, or where the account's server has them. */
import { links } from '#lib/links.ts';
import type { Session } from '#lib/session/session.svelte.ts';

export interface Section {
	/** Its name's key; `…Text` says what is there. */
	label: string;
	href: string;
	/** At the server, outside the app. */
	outside?: boolean;
}

export function sections(session: Session): Section[] {
	return [
		{ label: 'settings.profile', href: links.settings('profile') },
		{ label: 'settings.appearance', href: links.settings('appearance') },
		{ label: 'settings.notifications', href: links.settings('notifications') },
		{ label: 'settings.filters', href: links.settings('filters') },
		{ label: 'settings.blocks', href: links.settings('blocks') },
		...outside(session)
	];
}

/** Passwords and the like are asked for by the account's own server, never by an app. */
function outside(session: Session): Section[] {
	if (session.server !== location.origin) {
		return [{ label: 'settings.account', href: `${session.server}/auth/edit`, outside: true }];
	}
	const pages: [string, string][] = [
		['settings.sessions', '/settings/sessions'],
		['settings.twoFactor', '/settings/two_factor'],
		['settings.apps', '/settings/apps'],
		['settings.password', '/settings/password'],
		['settings.mail', '/settings/email'],
		['settings.export', '/settings/exports'],
		['settings.import', '/settings/imports'],
		['settings.aliases', '/settings/aliases'],
		['settings.shared', '/settings/shared'],
		['settings.delete', '/settings/delete']
	];
	return pages.map(([label, href]) => ({ label, href, outside: true }));
}
