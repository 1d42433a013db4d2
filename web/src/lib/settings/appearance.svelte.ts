/** How the app looks in this browser: kept here, put on the page before anything is shown. */

export interface Appearance {
	theme: 'system' | 'light' | 'dark';
	contrast: 'system' | 'more';
	/** Of the text, compared with the browser's. */
	size: 90 | 100 | 112 | 125;
	motion: 'system' | 'less';
}

const STORED = 'rostra.appearance';
const USUAL: Appearance = { theme: 'system', contrast: 'system', size: 100, motion: 'system' };

class Settings {
	current = $state<Appearance>(read());

	set(changes: Partial<Appearance>): void {
		this.current = { ...this.current, ...changes };
		localStorage.setItem(STORED, JSON.stringify(this.current));
		apply(this.current);
	}
}

function read(): Appearance {
	try {
		return { ...USUAL, ...(JSON.parse(localStorage.getItem(STORED) ?? '{}') as Appearance) };
	} catch {
		return USUAL;
	}
}

/** Put it on the page. */
export function apply(appearance: Appearance): void {
	const { dataset, style } = document.documentElement;
	put(dataset, 'theme', appearance.theme);
	put(dataset, 'contrast', appearance.contrast);
	put(dataset, 'motion', appearance.motion);
	style.setProperty('--size', `${appearance.size}%`);
}

function put(dataset: DOMStringMap, name: string, value: string): void {
	if (value === 'system') delete dataset[name];
	else dataset[name] = value;
}

/** Whether things should not move: by this setting, or the device's. */
export function isCalm(): boolean {
	return (
		appearance.current.motion === 'less' || matchMedia('(prefers-reduced-motion: reduce)').matches
	);
}

export const appearance = new Settings();
