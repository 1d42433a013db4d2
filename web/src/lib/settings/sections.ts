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

export interface Group {
	/** Its name's key. */
	label: string;
	sections: Section[];
}

export function groups(session: Session): Group[] {
	const page = (name: string): Section => ({
		label: `settings.${name}`,
		href: links.settings(name)
	});
	const access = session.supports('own_account') ? [page('access')] : [];
	return [
		{
			label: 'settings.groupYou',
			sections: [page('profile'), page('privacy'), page('posting'), ...access]
		},
		{
			label: 'settings.groupReading',
			sections: [
				page('notifications'),
				page('filters'),
				page('blocks'),
				{ label: 'settings.tags', href: links.tags },
				page('reading')
			]
		},
		{
			label: 'settings.groupApp',
			sections: [page('appearance'), { label: 'settings.about', href: links.about }]
		}
	];
}

/** Passwords and the like are asked for by the account's own server, never by an app. */
export function outside(session: Session): Section[] {
	if (session.server !== location.origin) {
		return [{ label: 'settings.account', href: `${session.server}/auth/edit`, outside: true }];
	}
	const pages: [string, string][] = [
		['settings.twoFactor', '/settings/two_factor'],
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
