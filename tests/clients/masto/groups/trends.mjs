// Reads what many talk about: nothing, in a network of three.
import assert from "node:assert/strict";
import { bob, nobody, refusal } from "../network.mjs";

export default async function trends() {
  assert.deepEqual(await bob.v1.trends.tags.list({ limit: 5 }), []);
  assert.deepEqual(await bob.v1.trends.statuses.list(), []);
  assert.deepEqual(await nobody.v1.trends.links.list({ offset: 1 }), []);
  const link = bob.v1.timelines.link.list({ url: "https://news.example/fog" });
  assert.equal((await refusal(link))[0], 404);
}
