/** Words in the reader's language: `t('home.title')`. One JSON file for each feature and language, in locales/. */
import i18next from 'i18next';
import type { Words } from './words';

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED = 'rostra.language';
const RIGHT_TO_LEFT = new Set(['ar', 'he', 'fa', 'ur', 'yi', 'ckb']);

const files: Record<Language, () => Promise<{ default: Words }>> = {
	en: () => import('./locales/en.ts'),
	de: () => import('./locales/de.ts')
};

/** Load the words of the language that the member chose, or that the browser asks for. */
export async function loadLanguage(): Promise<void> {
	const language = chosenLanguage();
	const wanted: Language[] = language === 'en' ? ['en'] : [language, 'en'];
	const resources: Record<string, { translation: Words }> = {};
	for (const each of wanted) resources[each] = { translation: (await files[each]()).default };
	await i18next.init({
		lng: language,
		fallbackLng: 'en',
		resources,
		interpolation: { escapeValue: false },
		returnNull: false
	});
	document.documentElement.lang = language;
	document.documentElement.dir = direction(language);
}

export function chosenLanguage(): Language {
	const candidates = [localStorage.getItem(STORED), ...navigator.languages];
	for (const each of candidates) {
		const short = each?.slice(0, 2).toLowerCase();
		if (LANGUAGES.includes(short as Language)) return short as Language;
	}
	return 'en';
}

/** Choose a language for this browser (null: the browser's). The page has to be loaded anew. */
export function chooseLanguage(language: Language | null): void {
	if (language) localStorage.setItem(STORED, language);
	else localStorage.removeItem(STORED);
}

/** How texts in `language` run; unknown languages: 'auto'. */
export function direction(language: string | null | undefined): 'ltr' | 'rtl' | 'auto' {
	if (!language) return 'auto';
	return RIGHT_TO_LEFT.has(language.toLowerCase().split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

/** The words for `key`; `count` chooses the plural form by the platform's rules. */
export function t(key: string, values: Record<string, string | number> = {}): string {
	return i18next.t(key, values);
}

export { i18next };
