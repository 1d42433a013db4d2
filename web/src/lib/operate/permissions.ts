/** What a role may do (https://docs.joinmastodon.org/entities/Role/#permission-flags), and what this app was let do. */
import type { Session } from '#lib/session/session.svelte.ts';

const ADMINISTRATOR = 1 << 0;
const SETTINGS = 1 << 6;
const USERS = 1 << 10;
const REPORTS = 1 << 4;

/** Numbers and switches of the network itself. */
export function mayOperate(session: Session): boolean {
	return has(session, SETTINGS);
}

/** Who comes in, and what is reported. */
export function isStaff(session: Session): boolean {
	return has(session, USERS | REPORTS | SETTINGS);
}

/** Whether the app's token reaches that far: staff let it do so by signing in once more. */
export function wasLetIn(session: Session): boolean {
	return session.stored.scopes.split(' ').includes('admin:read');
}

function has(session: Session, wanted: number): boolean {
	const role = session.account?.role as { permissions?: string } | undefined;
	const permissions = Number(role?.permissions ?? 0);
	return (permissions & (wanted | ADMINISTRATOR)) !== 0;
}
