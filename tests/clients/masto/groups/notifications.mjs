// Lists, counts, narrows down, pages through, dismisses and clears notifications.
import assert from "node:assert/strict";
import { alice, bob, bobFollowsAlice, ids, refusal, settle } from "../network.mjs";

export default async function notifications() {
  await bobFollowsAlice();
  const status = await alice.publish("low tide");
  await bob.v1.statuses.$select(status.id).favourite();
  await bob.v1.statuses.$select(status.id).reblog();
  await bob.publish("@alice so it is", { inReplyToId: status.id });

  const all = await alice.v1.notifications.list();
  assert.deepEqual(all.map((one) => one.type).sort(), ["favourite", "follow", "mention", "reblog"]);
  assert.ok(all.every((one) => one.account.id === bob.id));
  assert.equal((await alice.v1.notifications.unreadCount.fetch()).count, 4);
  const mentions = await alice.v1.notifications.list({ types: ["mention"] });
  assert.deepEqual(mentions.map((one) => one.type), ["mention"]);
  assert.ok(!(await alice.v1.notifications.list({ excludeTypes: ["follow"] })).some((one) => one.type === "follow"));

  const seen = [];
  for await (const page of alice.v1.notifications.list({ limit: 3 })) seen.push(...ids(page));
  assert.deepEqual(seen, ids(all));

  const one = alice.v1.notifications.$select(mentions[0].id);
  assert.equal((await one.fetch()).status.inReplyToId, status.id);
  await one.dismiss();
  assert.equal((await refusal(one.fetch()))[0], 404);
  await alice.v1.notifications.clear();
  await settle();
  assert.deepEqual(await alice.v1.notifications.list(), []);
}
