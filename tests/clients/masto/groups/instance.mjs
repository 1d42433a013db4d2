// Asks what the network is (both versions), for peers, activity, languages, emoji, the directory and preferences.
import assert from "node:assert/strict";
import { alice, nobody, url } from "../network.mjs";

export default async function instance() {
  const now = await nobody.v2.instance.fetch();
  assert.ok(now.configuration.statuses.maxCharacters >= 500);
  assert.ok(now.apiVersions.mastodon >= 1);
  const before = await nobody.v1.instance.fetch();
  assert.equal(before.uri, now.domain);
  assert.equal(before.urls.streamingApi, now.configuration.urls.streaming);
  assert.ok(now.thumbnail.url.startsWith(url));
  assert.deepEqual(await nobody.v1.instance.peers.list(), []);
  assert.equal((await nobody.v1.instance.activity.list()).length, 12);
  assert.ok("content" in (await nobody.v1.instance.extendedDescription.fetch()));
  assert.deepEqual(await nobody.v1.instance.domainBlocks.fetch(), []);
  assert.equal(typeof (await nobody.v1.instance.translationLanguages.list()), "object");
  assert.ok(Array.isArray(await nobody.v1.customEmojis.list()));
  assert.ok(Array.isArray(await nobody.v1.directory.list({ local: true })));
  assert.equal((await alice.v1.preferences.fetch())["posting:default:visibility"], "public");
}
