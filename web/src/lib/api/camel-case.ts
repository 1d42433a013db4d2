/** `{for_new_accounts: 1}` -> `{forNewAccounts: 1}`, all the way down: as masto answers. */
export function camelCase<T>(given: unknown): T {
	if (Array.isArray(given)) return given.map((each) => camelCase<unknown>(each)) as T;
	if (!given || typeof given !== 'object') return given as T;
	return Object.fromEntries(
		Object.entries(given).map(([name, value]) => [
			name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
			camelCase<unknown>(value)
		])
	) as T;
}
