// A service that rotates refresh tokens, as the authors of oidc-provider publish it: one client,
// and an account for any name. A refresh token that is shown twice ends everything it came from.
import Provider from "oidc-provider";

const { port, client, lasts } = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [client],
  scopes: ["openid", "offline_access", "calendar"],
  claims: { openid: ["sub"], email: ["email"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  rotateRefreshToken: true,
  issueRefreshToken: () => true,
  ttl: { AccessToken: () => lasts, RefreshToken: () => 86400, Grant: () => 86400 },
  features: {
    devInteractions: { enabled: true },
    revocation: { enabled: true },
  },
  async findAccount(ctx, id) {
    return { accountId: id, claims: async () => ({ sub: id, email: `${id}@service.test` }) };
  },
});

// How often it was asked for tokens with a refresh token.
let refreshes = 0;
provider.on("grant.success", (ctx) => {
  if (ctx.oidc.params.grant_type === "refresh_token") refreshes += 1;
});
provider.use(async (ctx, next) => {
  if (ctx.path !== "/refreshes") return next();
  ctx.body = String(refreshes);
});

provider.listen(port, "127.0.0.1", () => console.log("ready"));
