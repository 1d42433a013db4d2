// Looks people up, follows with options, mutes for a while, blocks, removes followers, and lets in or refuses who asks to follow.
import assert from "node:assert/strict";
import { alice, bob, carol, ids, nobody, refusal, settle } from "../network.mjs";

export default async function accounts() {
  const me = await alice.v1.accounts.verifyCredentials();
  assert.deepEqual([me.username, me.source.privacy, me.role.name], ["alice", "public", me.role.name]);
  const found = await nobody.v1.accounts.lookup({ acct: "alice" });
  assert.equal(found.id, alice.id);
  assert.equal((await nobody.v1.accounts.$select(alice.id).fetch()).acct, "alice");
  assert.deepEqual(ids(await bob.v1.accounts.fetch({ id: [alice.id, carol.id] })).sort(), [alice.id, carol.id].sort());
  assert.deepEqual(await refusal(nobody.v1.accounts.$select("1").fetch()), [404, "Record not found"]);

  const bobs = bob.v1.accounts.$select(alice.id);
  assert.equal((await bobs.follow({ reblogs: false, notify: true })).following, true);
  await settle();
  const [relationship] = await bob.v1.accounts.relationships.fetch({ id: [alice.id] });
  assert.deepEqual([relationship.showingReblogs, relationship.notifying], [false, true]);
  assert.deepEqual(ids(await nobody.v1.accounts.$select(alice.id).followers.list()), [bob.id]);
  assert.deepEqual(ids(await nobody.v1.accounts.$select(bob.id).following.list()), [alice.id]);
  assert.deepEqual(ids(await bob.v1.accounts.search.list({ q: "alice" })), [alice.id]);
  await alice.v1.accounts.$select(bob.id).removeFromFollowers();
  await settle();
  assert.deepEqual(await nobody.v1.accounts.$select(alice.id).followers.list(), []);

  await bobs.follow();
  assert.equal((await bobs.unfollow()).following, false);
  assert.equal((await bobs.mute({ duration: 3600 })).muting, true);
  const [muted] = await bob.v1.mutes.list();
  assert.ok(new Date(muted.muteExpiresAt) > new Date());
  assert.equal((await bobs.unmute()).muting, false);
  assert.equal((await bobs.block()).blocking, true);
  assert.deepEqual(ids(await bob.v1.blocks.list()), [alice.id]);
  assert.equal((await bobs.unblock()).blocking, false);

  await alice.v1.accounts.updateCredentials({ locked: true });
  assert.equal((await carol.v1.accounts.$select(alice.id).follow()).requested, true);
  assert.equal((await bobs.follow()).requested, true);
  await settle();
  assert.deepEqual(ids(await alice.v1.followRequests.list()).sort(), [bob.id, carol.id].sort());
  assert.equal((await alice.v1.followRequests.$select(carol.id).authorize()).followedBy, true);
  assert.equal((await alice.v1.followRequests.$select(bob.id).reject()).followedBy, false);
  await settle();
  assert.deepEqual(ids(await nobody.v1.accounts.$select(alice.id).followers.list()), [carol.id]);
}
