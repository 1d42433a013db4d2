/** Numbers, times and lists as the reader's language writes them. */
import { i18next } from '.';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365.25 * DAY;

const kept = new Map<string, unknown>();

/** Making a formatter costs far more than using it. */
function formatter<T>(name: string, make: (language: string) => T): T {
	const key = `${i18next.language}/${name}`;
	let found = kept.get(key) as T | undefined;
	if (!found) kept.set(key, (found = make(i18next.language)));
	return found;
}

/** 1,234 */
export function number(value: number): string {
	return formatter('number', (l) => new Intl.NumberFormat(l)).format(value);
}

/** 1.2K */
export function shortNumber(value: number): string {
	if (value < 1_000) return String(value);
	const make = (l: string) => new Intl.NumberFormat(l, { notation: 'compact' });
	return formatter('short', make).format(value);
}

/** 43% of 0.43 */
export function percent(share: number): string {
	const make = (l: string) => new Intl.NumberFormat(l, { style: 'percent' });
	return formatter('percent', make).format(share);
}

/** 12 kB */
export function bytes(size: number): string {
	const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
	const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(size, 1)) / 3));
	const make = (l: string) =>
		new Intl.NumberFormat(l, {
			style: 'unit',
			unit: units[step],
			unitDisplay: step === 0 ? 'long' : 'short',
			maximumFractionDigits: 1
		});
	return formatter(`bytes${step}`, make).format(size / 1000 ** step);
}

/* What every row of a timeline has is written without `Intl`: its first use loads all of the platform's data, which
 * costs a phone as much time as all the rows together. */

/** Since `when`: the largest unit that fits, below a week; null: longer ago. */
function since(
	when: string | Date,
	now: number
): ['second' | 'minute' | 'hour' | 'day', number] | null {
	const seconds = Math.max(0, (now - new Date(when).getTime()) / 1000);
	if (seconds < MINUTE) return ['second', Math.floor(seconds)];
	if (seconds < HOUR) return ['minute', Math.floor(seconds / MINUTE)];
	if (seconds < DAY) return ['hour', Math.floor(seconds / HOUR)];
	return seconds < 7 * DAY ? ['day', Math.floor(seconds / DAY)] : null;
}

/** How long ago, short: 3m, 5h, 12 Mar. */
export function ago(when: string | Date, now = Date.now()): string {
	const short = since(when, now);
	if (short) return i18next.t(`time.short.${short[0]}`, { number: short[1] });
	const date = new Date(when);
	const sameYear = date.getFullYear() === new Date(now).getFullYear();
	const make = (l: string) =>
		new Intl.DateTimeFormat(l, {
			day: 'numeric',
			month: 'short',
			...(sameYear ? {} : { year: 'numeric' })
		});
	return formatter(`ago${sameYear}`, make).format(date);
}

/** The same to be heard: 3 minutes ago, 12 March 2026 at 14:05. */
export function agoInWords(when: string | Date, now = Date.now()): string {
	const short = since(when, now);
	return short ? i18next.t(`time.ago.${short[0]}`, { count: short[1] }) : dateTime(when);
}

/** In 3 hours, 2 days ago, last year. */
export function relative(when: string | Date, now = Date.now()): string {
	const seconds = (new Date(when).getTime() - now) / 1000;
	const make = (l: string) => new Intl.RelativeTimeFormat(l, { numeric: 'auto' });
	const format = formatter('relative', make);
	const size = Math.abs(seconds);
	if (size < MINUTE) return format.format(Math.trunc(seconds), 'second');
	if (size < HOUR) return format.format(Math.trunc(seconds / MINUTE), 'minute');
	if (size < DAY) return format.format(Math.trunc(seconds / HOUR), 'hour');
	if (size < 30 * DAY) return format.format(Math.trunc(seconds / DAY), 'day');
	if (size < YEAR) return format.format(Math.trunc(seconds / (30 * DAY)), 'month');
	return format.format(Math.trunc(seconds / YEAR), 'year');
}

/** 12 March 2026 at 14:05 */
export function dateTime(when: string | Date): string {
	const make = (l: string) => new Intl.DateTimeFormat(l, { dateStyle: 'long', timeStyle: 'short' });
	return formatter('dateTime', make).format(new Date(when));
}

/** 14:05 */
export function time(when: string | Date): string {
	const make = (l: string) => new Intl.DateTimeFormat(l, { timeStyle: 'short' });
	return formatter('time', make).format(new Date(when));
}

/** 12 March 2026 */
export function date(when: string | Date): string {
	const make = (l: string) => new Intl.DateTimeFormat(l, { dateStyle: 'long' });
	return formatter('date', make).format(new Date(when));
}

/** Anna, Ben and Cem */
export function list(items: readonly string[]): string {
	return formatter('list', (l) => new Intl.ListFormat(l)).format(items);
}

/** The name of a language: German. */
export function languageName(code: string): string {
	const make = (l: string) => new Intl.DisplayNames(l, { type: 'language' });
	try {
		return formatter('languages', make).of(code) ?? code;
	} catch {
		return code;
	}
}
