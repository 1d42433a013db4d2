/** The commands behind a status's "more". */
import Copy from '@lucide/svelte/icons/copy';
import ExternalLink from '@lucide/svelte/icons/external-link';
import BellOff from '@lucide/svelte/icons/bell-off';
import Ban from '@lucide/svelte/icons/ban';
import Flag from '@lucide/svelte/icons/flag';
import Pencil from '@lucide/svelte/icons/pencil';
import Pin from '@lucide/svelte/icons/pin';
import RotateCcw from '@lucide/svelte/icons/rotate-ccw';
import Trash2 from '@lucide/svelte/icons/trash-2';
import VolumeX from '@lucide/svelte/icons/volume-x';
import type { Status } from '#lib/api/types.ts';
import type { MenuItem } from '#lib/components/Menu.svelte';
import { composer } from '#lib/composer/open.svelte.ts';
import { t } from '#lib/i18n/index.ts';
import { reporting } from '#lib/reports/open.svelte.ts';
import type { Session } from '#lib/session/session.svelte.ts';
import { redraft, relate, remove, toggle } from './actions';

export function statusMenu(session: Session, status: Status): MenuItem[] {
	const own = session.isMe(status.account.id);
	const items: MenuItem[] = [
		{ label: t('status.copyLink'), icon: Copy, run: () => void copyLink(session, status) }
	];
	if (status.url) {
		items.push({ label: t('status.openOriginal'), icon: ExternalLink, href: status.url });
	}
	if (own || status.mentions.some((each) => session.isMe(each.id))) {
		items.push({
			label: t(status.muted ? 'status.unmute' : 'status.mute'),
			icon: BellOff,
			run: () => toggle(session, status, 'muted')
		});
	}
	return [...items, ...(own ? ownItems(session, status) : otherItems(session, status))];
}

function ownItems(session: Session, status: Status): MenuItem[] {
	return [
		...(status.visibility === 'direct'
			? []
			: [
					{
						label: t(status.pinned ? 'status.unpin' : 'status.pin'),
						icon: Pin,
						run: () => toggle(session, status, 'pinned')
					}
				]),
		{
			label: t('status.edit'),
			icon: Pencil,
			separated: true,
			run: () => composer.open({ edit: status })
		},
		{
			label: t('status.redraft'),
			icon: RotateCcw,
			hint: t('status.redraftHint'),
			run: () => void redraft(session, status)
		},
		{
			label: t('status.delete'),
			icon: Trash2,
			danger: true,
			run: () => remove(session, status)
		}
	];
}

function otherItems(session: Session, status: Status): MenuItem[] {
	const name = `@${status.account.acct}`;
	return [
		{
			label: t('account.mute', { name }),
			icon: VolumeX,
			separated: true,
			run: () => relate(session, status.account, 'muteAccount', true)
		},
		{
			label: t('account.block', { name }),
			icon: Ban,
			danger: true,
			run: () => relate(session, status.account, 'block', true)
		},
		{
			label: t('account.report', { name }),
			icon: Flag,
			danger: true,
			run: () => reporting.open(status.account, status)
		}
	];
}

async function copyLink(session: Session, status: Status): Promise<void> {
	await navigator.clipboard.writeText(status.url ?? status.uri);
	session.toasts.done(t('status.linkCopied'));
}
