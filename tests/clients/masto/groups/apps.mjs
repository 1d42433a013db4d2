// Registers an app, gets a token for it, revokes it.
import assert from "node:assert/strict";
import { createRestAPIClient } from "masto";
import { nobody, oauth, refusal, url } from "../network.mjs";

export default async function apps() {
  const redirectUri = "urn:ietf:wg:oauth:2.0:oob";
  const app = await nobody.v1.apps.create({ clientName: "Tide", redirectUris: redirectUri, scopes: "read" });
  const secrets = { clientId: app.clientId, clientSecret: app.clientSecret };
  const token = await oauth.token.create({ grantType: "client_credentials", redirectUri, scope: "read", ...secrets });
  assert.deepEqual([token.tokenType, token.scope], ["Bearer", "read"]);
  const itself = createRestAPIClient({ url, accessToken: token.accessToken });
  assert.equal((await itself.v1.apps.verifyCredentials()).name, "Tide");
  await oauth.revoke({ token: token.accessToken, ...secrets });
  assert.equal((await refusal(itself.v1.apps.verifyCredentials()))[0], 401);
}
