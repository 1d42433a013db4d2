/** How one reads in this browser: what is shown at once, and what is asked for first. */

interface Reading {
	/** Texts behind a warning are open at first. */
	opensWarnings: boolean;
	/** Pictures that their authors marked as sensitive are seen at first. */
	showsSensitive: boolean;
}

const STORED = 'rostra.reading';
const USUAL: Reading = { opensWarnings: false, showsSensitive: false };

class Settings {
	current = $state.raw<Reading>(read());

	set(changes: Partial<Reading>): void {
		this.current = { ...this.current, ...changes };
		localStorage.setItem(STORED, JSON.stringify(this.current));
	}
}

function read(): Reading {
	try {
		return { ...USUAL, ...(JSON.parse(localStorage.getItem(STORED) ?? '{}') as Reading) };
	} catch {
		return USUAL;
	}
}

export const reading = new Settings();
