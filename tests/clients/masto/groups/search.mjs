// Finds hashtags, people and own statuses.
import assert from "node:assert/strict";
import { alice, bob, ids } from "../network.mjs";

export default async function search() {
  const status = await alice.publish("the #kittiwake nests on the pier");
  const tags = await bob.v2.search.list({ q: "kittiwake", type: "hashtags" });
  assert.deepEqual(tags.hashtags.map((one) => one.name), ["kittiwake"]);
  const people = await bob.v2.search.list({ q: "alice", type: "accounts" });
  assert.deepEqual(ids(people.accounts), [alice.id]);
  const own = await alice.v2.search.list({ q: "nests", type: "statuses" });
  assert.deepEqual(ids(own.statuses), [status.id]);
}
