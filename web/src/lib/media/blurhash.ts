/** What a picture is like, before it is there (blurha.sh). */
import { decodeBlurHash } from 'fast-blurhash';

const SIZE = 24;
const kept = new Map<string, string>();

/** Paint a blurhash behind what will come. */
export function blurhash(hash: string | null | undefined) {
	return (element: HTMLElement): void => {
		const url = hash ? toUrl(hash) : null;
		if (url) element.style.backgroundImage = `url(${url})`;
	};
}

function toUrl(hash: string): string | null {
	const known = kept.get(hash);
	if (known) return known;
	try {
		const canvas = document.createElement('canvas');
		canvas.width = canvas.height = SIZE;
		const context = canvas.getContext('2d')!;
		const image = context.createImageData(SIZE, SIZE);
		image.data.set(decodeBlurHash(hash, SIZE, SIZE));
		context.putImageData(image, 0, 0);
		const url = canvas.toDataURL();
		if (kept.size > 500) kept.clear();
		kept.set(hash, url);
		return url;
	} catch {
		// A hash from elsewhere that is none.
		return null;
	}
}
