// Publishes, replies, favourites, bookmarks, boosts, pins, mutes, edits with history and source, and deletes.
import assert from "node:assert/strict";
import { alice, bob, ids, nobody, refusal, settle } from "../network.mjs";

export default async function statuses() {
  const status = await alice.publish("low #tide", { language: "en", spoilerText: "weather" });
  assert.deepEqual(status.tags.map((one) => one.name), ["tide"]);
  const theirs = bob.v1.statuses.$select(status.id);
  const own = alice.v1.statuses.$select(status.id);

  const reply = await bob.publish("@alice indeed", { inReplyToId: status.id });
  assert.deepEqual(ids((await nobody.v1.statuses.$select(status.id).context.fetch()).descendants), [reply.id]);
  assert.deepEqual(ids((await nobody.v1.statuses.$select(reply.id).context.fetch()).ancestors), [status.id]);
  assert.deepEqual(ids(await bob.v1.statuses.fetch({ id: [status.id, reply.id] })).sort(), [status.id, reply.id].sort());

  assert.equal((await theirs.favourite()).favourited, true);
  assert.equal((await theirs.bookmark()).bookmarked, true);
  const boost = await theirs.reblog();
  assert.equal(boost.reblog.id, status.id);
  await settle();
  assert.deepEqual(ids(await own.favouritedBy.list()), [bob.id]);
  assert.deepEqual(ids(await own.rebloggedBy.list()), [bob.id]);
  assert.deepEqual(ids(await bob.v1.favourites.list()), [status.id]);
  assert.deepEqual(ids(await bob.v1.bookmarks.list()), [status.id]);
  const counted = await own.fetch();
  assert.deepEqual([counted.repliesCount, counted.favouritesCount, counted.reblogsCount], [1, 1, 1]);
  assert.equal((await theirs.unfavourite()).favourited, false);
  assert.equal((await theirs.unbookmark()).bookmarked, false);
  assert.equal((await theirs.unreblog()).reblogged, false);

  assert.equal((await own.pin()).pinned, true);
  assert.deepEqual(ids(await nobody.v1.accounts.$select(alice.id).statuses.list({ pinned: true })), [status.id]);
  assert.equal((await own.unpin()).pinned, false);
  assert.equal((await own.mute()).muted, true);
  assert.equal((await own.unmute()).muted, false);

  const edited = await own.update({ status: "high #tide" });
  assert.ok(edited.editedAt);
  assert.equal((await own.source.fetch()).text, "high #tide");
  assert.equal((await own.history.list()).length, 2);
  assert.equal((await refusal(theirs.update({ status: "no" })))[0], 404);
  assert.equal((await own.remove()).text, "high #tide");
  await settle();
  assert.deepEqual(await refusal(own.fetch()), [404, "Record not found"]);

  const hidden = await alice.publish("between us", { visibility: "private" });
  assert.equal((await refusal(nobody.v1.statuses.$select(hidden.id).fetch()))[0], 404);
}
