// Changes name, text, fields, language and picture, through the account and through the profile.
import assert from "node:assert/strict";
import { alice, nobody, picture } from "../network.mjs";

export default async function profile() {
  const changed = await alice.v1.accounts.updateCredentials({
    displayName: "Alice at the pier",
    note: "I like #tides",
    fieldsAttributes: [{ name: "Boat", value: "Kittiwake" }],
    source: { language: "de" },
    avatar: picture(),
  });
  assert.deepEqual([changed.displayName, changed.source.language], ["Alice at the pier", "de"]);
  assert.deepEqual(changed.fields.map((one) => [one.name, one.value]), [["Boat", "Kittiwake"]]);
  const seen = await nobody.v1.accounts.$select(alice.id).fetch();
  assert.equal(seen.avatar, changed.avatar);

  const own = await alice.v1.profile.fetch();
  assert.deepEqual([own.note, own.avatar], ["I like #tides", changed.avatar]);
  assert.equal((await alice.v1.profile.update({ note: "I like piers", avatarDescription: "a pier" })).avatarDescription, "a pier");
  assert.notEqual((await alice.v1.profile.avatar.remove()).avatar, changed.avatar);
  await alice.v1.profile.header.remove();
}
