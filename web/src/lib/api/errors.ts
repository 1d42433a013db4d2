/** What went wrong with a request, told apart by what can be done about it. */
import { t } from '#lib/i18n/index.ts';
import { NOT_IMPLEMENTED } from './refusals.ts';

interface HttpError {
	statusCode: number;
	message: string;
}

/** The HTTP status of a failed request, or null where no answer came. */
export function httpStatus(error: unknown): number | null {
	const code = (error as HttpError | null)?.statusCode;
	return typeof code === 'number' ? code : null;
}

/** The server doesn't have what was asked for, as older or other ones don't have every endpoint. */
export function isMissing(error: unknown): boolean {
	return [404, 405, NOT_IMPLEMENTED].includes(httpStatus(error) ?? 0);
}

/** No answer came: offline, or the server can't be reached. Trying again later makes sense. */
export function isUnreachable(error: unknown): boolean {
	const status = httpStatus(error);
	if (status === null) return error instanceof Error && !(error instanceof SyntaxError);
	return status === 429 || (status >= 500 && status !== NOT_IMPLEMENTED);
}

/** The server itself is away or broken; not only busy with too much from here. */
export function isSilent(error: unknown): boolean {
	return isUnreachable(error) && httpStatus(error) !== 429;
}

/** What happened, for people. Server's own words come last: they are often in English. */
export function errorText(error: unknown): string {
	const status = httpStatus(error);
	if (status === null) return t(navigator.onLine ? 'common.unreachable' : 'common.offline');
	if (status === 401) return t('common.signedOut');
	if (status === 404) return t('common.notFound');
	if (status === 429) return t('common.tooMany');
	if (status === NOT_IMPLEMENTED) return t('common.notOffered');
	if (status >= 500) return t('common.serverFailed');
	return (error as HttpError).message || t('common.refused');
}
