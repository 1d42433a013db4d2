/** A conversation as a tree. */
import type { Status } from '#lib/api/types.ts';

export interface Branch {
	status: Status;
	replies: Branch[];
	/** Of all branches below. */
	count: number;
}

/** The answers to `root` as a tree: its author going on comes first, then by time. What answers something unseen
 * hangs on the root. */
export function branches(root: Status, descendants: readonly Status[]): Branch[] {
	const nodes = new Map<string, Branch>();
	for (const status of descendants) nodes.set(status.id, { status, replies: [], count: 0 });
	const top: Branch[] = [];
	for (const node of nodes.values()) {
		const parent = node.status.inReplyToId;
		const above = parent && parent !== root.id ? nodes.get(parent) : undefined;
		(above ? above.replies : top).push(node);
	}
	sort(top, root);
	for (const node of top) finish(node);
	return top;
}

function finish(branch: Branch): void {
	sort(branch.replies, branch.status);
	branch.count = 0;
	for (const each of branch.replies) {
		finish(each);
		branch.count += 1 + each.count;
	}
}

function sort(replies: Branch[], parent: Status): void {
	const goesOn = (each: Branch) => Number(each.status.account.id === parent.account.id);
	replies.sort(
		(a, b) =>
			goesOn(b) - goesOn(a) || Date.parse(a.status.createdAt) - Date.parse(b.status.createdAt)
	);
}

/** So many posts of one author in a row are a thread of theirs. */
const LONG = 3;

/** Where each status stands in the thread that its author wrote: `2/7`; nothing for what is no such thread. */
export function parts(statuses: readonly Status[]): Map<string, string> {
	const known = new Map(statuses.map((each) => [each.id, each]));
	const next = new Map<string, Status>();
	const continued = (status: Status): Status | undefined => {
		const above = known.get(status.inReplyToId ?? '');
		return above?.account.id === status.account.id ? above : undefined;
	};
	for (const status of statuses) {
		const above = continued(status);
		const other = above && next.get(above.id);
		if (above && (!other || status.createdAt < other.createdAt)) next.set(above.id, status);
	}
	const found = new Map<string, string>();
	for (const first of statuses) {
		if (continued(first)) continue;
		const chain = [first];
		for (let each = next.get(first.id); each; each = next.get(each.id)) chain.push(each);
		if (chain.length < LONG) continue;
		chain.forEach((each, index) => found.set(each.id, `${index + 1}/${chain.length}`));
	}
	return found;
}
