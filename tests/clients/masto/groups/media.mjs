// Uploads a picture, describes it, sets its focus, and publishes it.
import assert from "node:assert/strict";
import { alice, nobody, picture } from "../network.mjs";

export default async function media() {
  const uploaded = await alice.v2.media.create({ file: picture(), description: "low tide" });
  assert.deepEqual([uploaded.type, uploaded.description], ["image", "low tide"]);
  assert.ok(uploaded.url);
  const changed = await alice.v1.media.$select(uploaded.id).update({ description: "high tide", focus: "0.5,-0.5" });
  assert.equal(changed.meta.focus.x, 0.5);
  assert.equal((await alice.v1.media.$select(uploaded.id).fetch()).description, "high tide");
  const status = await alice.publish("the pier", { mediaIds: [uploaded.id] });
  const [shown] = (await nobody.v1.statuses.$select(status.id).fetch()).mediaAttachments;
  assert.equal(shown.description, "high tide");
  assert.equal((await fetch(shown.url)).status, 200);
}
