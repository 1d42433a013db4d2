/** The media viewer: swipe, arrow keys, pinch, Esc; the text of each below it. The back button closes it, too. */
import PhotoSwipe, { type SlideData } from 'photoswipe';
import 'photoswipe/style.css';
import './viewer.css';
import type { MediaAttachment, Status } from '#lib/api/types.ts';
import { t } from '#lib/i18n/index.ts';
import { isCalm } from '#lib/settings/appearance.svelte.ts';

interface Size {
	width?: number;
	height?: number;
}

/** Show the pictures of `status` from number `index` on; `opener` gets the focus back. */
export function show(status: Status, index: number, opener: HTMLElement): void {
	const media = status.mediaAttachments.filter((each) => each.type !== 'audio');
	const viewer = new PhotoSwipe({
		dataSource: media.map(slide),
		index,
		showHideAnimationType: isCalm() ? 'none' : 'fade',
		showAnimationDuration: 120,
		hideAnimationDuration: 120,
		bgOpacity: 0.95,
		closeTitle: t('common.close'),
		zoomTitle: t('media.zoom'),
		arrowPrevTitle: t('media.previous'),
		arrowNextTitle: t('media.next'),
		errorMsg: t('media.failed'),
		returnFocus: false
	});
	viewer.on('uiRegister', () => {
		viewer.element?.setAttribute('aria-label', t('media.viewer'));
		viewer.element?.setAttribute('aria-modal', 'true');
		viewer.ui?.registerElement({
			name: 'description',
			order: 9,
			isButton: false,
			appendTo: 'root',
			onInit: (element) => {
				element.setAttribute('aria-live', 'polite');
				const tell = () => {
					const text = media[viewer.currIndex]?.description ?? '';
					element.textContent = text;
					element.hidden = !text;
				};
				viewer.on('change', tell);
				tell();
			}
		});
	});
	closeOnBack(viewer);
	viewer.on('destroy', () => opener.focus());
	viewer.init();
}

/** The back button of a phone is expected to close what lies above the page. */
function closeOnBack(viewer: PhotoSwipe): void {
	const onBack = () => viewer.close();
	history.pushState({ ...history.state, viewer: true }, '');
	addEventListener('popstate', onBack, { once: true });
	viewer.on('close', () => {
		removeEventListener('popstate', onBack);
		if ((history.state as { viewer?: boolean } | null)?.viewer) history.back();
	});
}

function slide(each: MediaAttachment): SlideData {
	const original = (each.meta as { original?: Size } | null)?.original;
	const size = { width: original?.width ?? 1200, height: original?.height ?? 800 };
	if (each.type === 'image') {
		return {
			src: each.url ?? '',
			msrc: each.previewUrl ?? '',
			alt: each.description ?? '',
			...size
		};
	}
	return { html: film(each).outerHTML };
}

/** Films wait until somebody starts them; short ones without sound turn round. */
function film(each: MediaAttachment): HTMLElement {
	const video = document.createElement('video');
	video.src = each.url ?? '';
	video.poster = each.previewUrl ?? '';
	video.controls = true;
	video.playsInline = true;
	video.loop = video.muted = each.type === 'gifv';
	video.setAttribute('aria-label', each.description || t('media.video'));
	const holder = document.createElement('div');
	holder.className = 'viewer-film';
	holder.append(video);
	return holder;
}
