// An identity provider as its authors publish it, with one client, and an account for any address.
import Provider from "oidc-provider";

const { port, client, idTokenClaims } = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [client],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: !idTokenClaims,
  pkce: { required: () => true },
  features: {
    backchannelLogout: { enabled: true },
    devInteractions: { enabled: true },
  },
  // It calls no private addresses by itself, and we are at one.
  fetch: (url, { method, headers, body }) => fetch(url, { method, headers, body }),
  async findAccount(ctx, id) {
    return {
      accountId: id,
      async claims() {
        return { sub: id, email: id, email_verified: !id.startsWith("new"), name: "Alice Node" };
      },
    };
  },
});

provider.listen(port, "127.0.0.1", () => console.log("ready"));
