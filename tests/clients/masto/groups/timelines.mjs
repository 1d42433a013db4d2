// Reads home, public, hashtag and profile timelines, and pages through them in both directions.
import assert from "node:assert/strict";
import { alice, bob, bobFollowsAlice, ids, nobody, refusal } from "../network.mjs";

export default async function timelines() {
  await bobFollowsAlice();
  const published = [];
  for (const number of [1, 2, 3, 4, 5]) published.unshift((await alice.publish(`#tide ${number}`)).id);

  assert.deepEqual(ids(await bob.v1.timelines.home.list()), published);
  assert.deepEqual(ids(await nobody.v1.timelines.public.list({ local: true })), published);
  assert.deepEqual(ids(await nobody.v1.timelines.tag.$select("tide").list()), published);
  assert.deepEqual(ids(await nobody.v1.accounts.$select(alice.id).statuses.list()), published);
  assert.equal((await refusal(nobody.v1.timelines.home.list()))[0], 401);

  const seen = [];
  for await (const page of bob.v1.timelines.home.list({ limit: 2 })) seen.push(ids(page));
  assert.deepEqual(seen.filter((page) => page.length), [published.slice(0, 2), published.slice(2, 4), published.slice(4)]);
  const newer = await bob.v1.timelines.home.list({ minId: published[3], limit: 2 });
  assert.deepEqual(ids(newer), published.slice(1, 3));
}
