// Follows public, hashtag and home streams over one WebSocket: new, edited and deleted statuses, notifications.
import assert from "node:assert/strict";
import { alice, bob, bobFollowsAlice } from "../network.mjs";

/** What a subscription has brought, and `next`, which waits for the event that is meant. */
function listen(subscription) {
  const heard = [];
  let wake = () => {};
  (async () => {
    for await (const event of subscription) {
      heard.push(event);
      wake();
    }
  })();
  return async (wanted) => {
    for (;;) {
      const found = heard.find(wanted);
      if (found) return found;
      await new Promise((resolve) => (wake = resolve));
    }
  };
}

/** Nothing tells a client that a subscription stands: so speak until it is heard. */
async function established(next, speak) {
  let stands = false;
  const heard = next((event) => event.event === "update").then(() => (stands = true));
  while (!stands) {
    await speak();
    await Promise.race([heard, new Promise((resolve) => setTimeout(resolve, 200))]);
  }
}

export default async function streaming() {
  await bobFollowsAlice();
  const client = await bob.streaming();
  const everybody = listen(client.public.local.subscribe());
  const tagged = listen(client.hashtag.subscribe({ tag: "tide" }));
  const home = listen(client.user.subscribe());
  for (const next of [everybody, tagged, home]) await established(next, () => alice.publish("hear, hear #tide"));

  const status = await alice.publish("low #tide, @bob");
  const isIt = (event) => event.event === "update" && event.payload.id === status.id;
  assert.deepEqual((await everybody(isIt)).stream, ["public:local"]);
  assert.deepEqual((await tagged(isIt)).stream, ["hashtag", "tide"]);
  assert.equal((await home(isIt)).payload.account.id, alice.id);
  const told = await home((event) => event.event === "notification");
  assert.deepEqual([told.payload.type, told.payload.status.id], ["mention", status.id]);

  await alice.v1.statuses.$select(status.id).update({ status: "high #tide, @bob" });
  const edit = await home((event) => event.event === "status.update");
  assert.match(edit.payload.content, /^<p>high/);
  await alice.v1.statuses.$select(status.id).remove();
  assert.equal((await home((event) => event.event === "delete")).payload, status.id);
  client.close();
}
