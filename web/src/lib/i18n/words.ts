/** The words of a language by feature: the name of a JSON file is the feature. */
export type Words = Record<string, Texts>;

interface Texts {
	[key: string]: string | Texts;
}

/** What `import.meta.glob` found, by feature instead of by path. */
export function byFeature(files: Record<string, unknown>): Words {
	return Object.fromEntries(
		Object.entries(files).map(([path, texts]) => {
			const feature = path.slice(path.lastIndexOf('/') + 1, -'.json'.length);
			return [feature, texts as Texts];
		})
	);
}
