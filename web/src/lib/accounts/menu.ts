/** The commands behind a profile's "more". */
import AtSign from '@lucide/svelte/icons/at-sign';
import Ban from '@lucide/svelte/icons/ban';
import Bell from '@lucide/svelte/icons/bell';
import Copy from '@lucide/svelte/icons/copy';
import ExternalLink from '@lucide/svelte/icons/external-link';
import Flag from '@lucide/svelte/icons/flag';
import ListPlus from '@lucide/svelte/icons/list-plus';
import NotebookPen from '@lucide/svelte/icons/notebook-pen';
import Repeat2 from '@lucide/svelte/icons/repeat-2';
import VolumeX from '@lucide/svelte/icons/volume-x';
import type { Account, Relationship } from '#lib/api/types.ts';
import type { MenuItem } from '#lib/components/Menu.svelte';
import { composer } from '#lib/composer/open.svelte.ts';
import { t } from '#lib/i18n/index.ts';
import { reporting } from '#lib/reports/open.svelte.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import { changeFollow, relate } from '#lib/statuses/actions.ts';

/** What the profile itself opens. */
interface Openers {
	lists: () => void;
	note: () => void;
}

export function accountMenu(session: Session, account: Account, open: Openers): MenuItem[] {
	const name = `@${account.acct}`;
	const items: MenuItem[] = [
		{
			label: t('account.mention', { name }),
			icon: AtSign,
			run: () => composer.open({ text: `${name} ` })
		},
		{ label: t('account.copyLink'), icon: Copy, run: () => void copyLink(session, account) },
		{ label: t('account.openPublic'), icon: ExternalLink, href: account.url }
	];
	return session.isMe(account.id)
		? items
		: [...items, ...othersItems(session, account, name, open)];
}

function othersItems(session: Session, account: Account, name: string, open: Openers): MenuItem[] {
	const known = session.relationships.get(account.id);
	const follows = known?.following
		? [
				{
					label: t(known.notifying ? 'account.notifyOff' : 'account.notifyOn'),
					icon: Bell,
					separated: true,
					run: () => changeFollow(session, account, { notify: !known.notifying })
				},
				{
					label: t(known.showingReblogs ? 'account.boostsOff' : 'account.boostsOn'),
					icon: Repeat2,
					run: () => changeFollow(session, account, { reblogs: !known.showingReblogs })
				}
			]
		: [];
	const listItem = {
		label: t('account.addToList'),
		icon: ListPlus,
		separated: true,
		run: open.lists
	};
	return [
		...follows,
		...(canBeListed(session, known) ? [listItem] : []),
		...(known?.note ? [] : [{ label: t('account.writeNote'), icon: NotebookPen, run: open.note }]),
		{
			label: t(known?.muting ? 'account.unmute' : 'account.mute', { name }),
			icon: VolumeX,
			separated: true,
			run: () => relate(session, account, 'muteAccount', !known?.muting)
		},
		{
			label: t(known?.blocking ? 'account.unblockName' : 'account.block', { name }),
			icon: Ban,
			danger: true,
			run: () => relate(session, account, 'block', !known?.blocking)
		},
		{
			label: t('account.report', { name }),
			icon: Flag,
			danger: true,
			run: () => reporting.open(account)
		}
	];
}

/** Mastodon's lists hold whom one follows; ours hold others, too. */
function canBeListed(session: Session, known: Relationship | undefined): boolean {
	if (!known || known.blocking) return false;
	const { lists } = (session.instance?.configuration ?? {}) as {
		lists?: { followRequired?: boolean };
	};
	return known.following || lists?.followRequired === false;
}

async function copyLink(session: Session, account: Account): Promise<void> {
	await navigator.clipboard.writeText(account.url);
	session.toasts.done(t('status.linkCopied'));
}
