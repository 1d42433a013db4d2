/** What a server says about itself, from older servers too. */
import type { mastodon } from 'masto';
import { isMissing } from './errors.ts';
import type { Client, Instance } from './types.ts';

/** The server's second description of itself (https://docs.joinmastodon.org/methods/instance/#v2), made from the first where
 * it doesn't have the second. */
export async function fetchInstance(client: Client): Promise<Instance> {
	try {
		return (await client.v2.instance.fetch()) as Instance;
	} catch (error) {
		if (!isMissing(error)) throw error;
		return fromFirst(await client.v1.instance.fetch());
	}
}

/** What the app reads of it, in the shape of the second. */
function fromFirst(first: mastodon.v1.Instance): Instance {
	const { uri, thumbnail, email, contactAccount, registrations, approvalRequired } = first;
	return {
		...first,
		domain: uri.replace(/^https?:\/\//, '').replace(/\/$/, ''),
		thumbnail: { url: thumbnail ?? '' },
		usage: { users: { activeMonth: first.stats.userCount } },
		contact: { email, account: contactAccount },
		registrations: { enabled: registrations, approvalRequired }
	} as unknown as Instance;
}
