/** The languages to choose from where somebody says in which one they write. */
export const WRITTEN =
	'ar cs da de el en eo es et eu fa fi fr ga gl he hi hr hu id is it ja ko lt lv nl nb pl pt ro ru sk sl sr sv tr uk vi zh'.split(
		' '
	);

/** The same, with one that was chosen elsewhere. */
export function writtenWith(code: string | null | undefined): string[] {
	return code && !WRITTEN.includes(code) ? [code, ...WRITTEN] : WRITTEN;
}
