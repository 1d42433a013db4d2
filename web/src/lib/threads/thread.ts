/** A conversation as a tree. */
import type { Status } from '#lib/api/types.ts';

export interface Branch {
	status: Status;
	replies: Branch[];
	/** Of all branches below. */
	count: number;
}

/** The answers to `rootId` as a tree; what answers something unseen hangs on the root. */
export function branches(rootId: string, descendants: readonly Status[]): Branch[] {
	const nodes = new Map<string, Branch>();
	for (const status of descendants) nodes.set(status.id, { status, replies: [], count: 0 });
	const top: Branch[] = [];
	for (const node of nodes.values()) {
		const parent = node.status.inReplyToId;
		const above = parent && parent !== rootId ? nodes.get(parent) : undefined;
		(above ? above.replies : top).push(node);
	}
	for (const node of top) countBelow(node);
	return top;
}

function countBelow(branch: Branch): number {
	branch.count = branch.replies.reduce((sum, each) => sum + 1 + countBelow(each), 0);
	return branch.count;
}
