// Asks a question, votes, and may not vote twice.
import assert from "node:assert/strict";
import { alice, bob, nobody, refusal } from "../network.mjs";

export default async function polls() {
  const { poll } = await alice.publish("Tea or coffee?", { poll: { options: ["tea", "coffee"], expiresIn: 3600 } });
  assert.deepEqual([poll.multiple, poll.expired, poll.options.length], [false, false, 2]);
  const voted = await bob.v1.polls.$select(poll.id).votes.create({ choices: [1] });
  assert.deepEqual([voted.voted, voted.ownVotes, voted.votesCount], [true, [1], 1]);
  assert.equal((await refusal(bob.v1.polls.$select(poll.id).votes.create({ choices: [0] })))[0], 422);
  assert.equal((await nobody.v1.polls.$select(poll.id).fetch()).options[1].votesCount, 1);
}
