// What the groups share: people who are signed in with masto, and a network that is at rest when asked to be.
//
// The test (tests/clients/test_masto.py) writes one line of JSON to our input: where the network is, and
// who is there. When we write {"settle": true}, it answers as soon as all that was done has reached
// everybody.
import { createInterface } from "node:readline";
import { createOAuthAPIClient, createRestAPIClient, createStreamingAPIClient } from "masto";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const given = JSON.parse((await lines.next()).value);

export const url = given.url;

/** Returns when everything that was done so far has reached everybody. */
export async function settle() {
  process.stdout.write(`${JSON.stringify({ settle: true })}\n`);
  await lines.next();
}

/** masto for somebody: { id, name, token, v1, v2, streaming() }. */
function person(name, { id, token }) {
  const rest = createRestAPIClient({ url, accessToken: token });
  return {
    id,
    name,
    token,
    v1: rest.v1,
    v2: rest.v2,
    async streaming() {
      const { configuration } = await rest.v2.instance.fetch();
      return createStreamingAPIClient({
        streamingApiUrl: configuration.urls.streaming,
        accessToken: token,
      });
    },
    /** Publish, and let it reach everybody. */
    async publish(status, more = {}) {
      const made = await rest.v1.statuses.create({ status, ...more });
      await settle();
      return made;
    },
  };
}

export const { alice, bob, carol } = Object.fromEntries(
  Object.entries(given.people).map(([name, one]) => [name, person(name, one)]),
);
export const nobody = createRestAPIClient({ url });
export const oauth = createOAuthAPIClient({ url });

/** Alice is followed by Bob, and everybody knows. */
export async function bobFollowsAlice() {
  const relationship = await bob.v1.accounts.$select(alice.id).follow();
  await settle();
  return relationship;
}

export const ids = (list) => list.map((one) => one.id);

/** The status code and message with which a call is refused. */
export async function refusal(promise) {
  try {
    await promise;
  } catch (error) {
    return [error.statusCode, error.message];
  }
  throw new Error("it was not refused");
}

/** A picture of one red pixel, as a file. */
export const picture = () =>
  new Blob(
    [
      Buffer.from(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==",
        "base64",
      ),
    ],
    { type: "image/png" },
  );
