/** Opens the media viewer; its code is loaded when somebody first does. */
import type { Status } from '#lib/api/types.ts';

/** Show the pictures of `status` from number `index` on; `opener` gets the focus back. */
export async function openViewer(
	status: Status,
	index: number,
	opener: HTMLElement
): Promise<void> {
	const { show } = await import('./show');
	show(status, index, opener);
}
