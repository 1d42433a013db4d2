/** The operator's pages, and who may see them. */
import type { Session } from '#lib/session/session.svelte.ts';
import { isStaff, mayOperate } from './permissions';

export interface Section {
	/** The last part of its address; empty: the first page. */
	path: string;
	label: string;
	may(session: Session): boolean;
}

export const SECTIONS: Section[] = [
	{ path: '', label: 'operate.sections.health', may: mayOperate },
	{ path: 'site', label: 'operate.sections.site', may: mayOperate },
	{ path: 'sign-ups', label: 'operate.sections.signUps', may: isStaff },
	{ path: 'invites', label: 'operate.sections.invites', may: isStaff },
	{ path: 'rules', label: 'operate.sections.rules', may: mayOperate },
	{ path: 'announcements', label: 'operate.sections.announcements', may: isStaff },
	{ path: 'emojis', label: 'operate.sections.emojis', may: isStaff },
	{ path: 'texts', label: 'operate.sections.texts', may: mayOperate },
	{ path: 'terms', label: 'operate.sections.terms', may: mayOperate },
	{ path: 'trends', label: 'operate.sections.trends', may: isStaff },
	{ path: 'jobs', label: 'operate.sections.jobs', may: mayOperate }
];
