import type { Status } from '#lib/api/types.ts';

/** Show the pictures of `status` from number `index` on. */
export function show(status: Status, index: number, _opener: HTMLElement): void {
	window.open(status.mediaAttachments[index]?.url ?? '', '_blank', 'noopener');
}
