// One step of a partner's program with npm openid-client: what to do comes in, what came of it goes out.
import { readFileSync } from "node:fs";
import * as client from "openid-client";

const given = JSON.parse(readFileSync(0, "utf8"));
const plain = { algorithm: "oauth2", execute: [client.allowInsecureRequests] };
const redirect_uri = given.redirectUri;

const proofs = {
  none: () => client.None(),
  basic: () => client.ClientSecretBasic(given.secret),
  post: () => client.ClientSecretPost(given.secret),
};

async function discovered() {
  return client.discovery(new URL(given.server), given.clientId, {}, proofs[given.proof](), plain);
}

const steps = {
  async register() {
    const token = given.initialToken ? { initialAccessToken: given.initialToken } : {};
    const metadata = { client_name: "By itself", redirect_uris: [redirect_uri], scope: given.scope };
    const made = await client.dynamicClientRegistration(
      new URL(given.server), metadata, undefined, { ...plain, ...token },
    );
    return made.clientMetadata();
  },
  async begin() {
    const config = await discovered();
    const verifier = client.randomPKCECodeVerifier();
    const state = client.randomState();
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri,
      scope: given.scope,
      state,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    });
    return { url: url.href, verifier, state, metadata: config.serverMetadata() };
  },
  async finish() {
    const checks = { pkceCodeVerifier: given.verifier, expectedState: given.state };
    return client.authorizationCodeGrant(await discovered(), new URL(given.callback), checks);
  },
  async refresh() {
    return client.refreshTokenGrant(await discovered(), given.token);
  },
  async home() {
    return client.clientCredentialsGrant(await discovered(), { scope: given.scope });
  },
  async introspect() {
    return client.tokenIntrospection(await discovered(), given.token);
  },
  async revoke() {
    await client.tokenRevocation(await discovered(), given.token);
    return {};
  },
};

try {
  console.log(JSON.stringify({ ok: await steps[given.step]() }));
} catch (problem) {
  const { name, code, error, status } = problem;
  console.log(JSON.stringify({ problem: { name, code, error, status, text: String(problem) } }));
}
