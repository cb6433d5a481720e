// Reads {secret, headers, body} from standard input; says whether the signature holds.
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const { secret, headers, body } = JSON.parse(readFileSync(0, "utf8"));
try {
  const payload = new Webhook(secret).verify(body, headers);
  console.log(JSON.stringify({ ok: true, payload }));
} catch (refused) {
  console.log(JSON.stringify({ ok: false, reason: refused.message }));
}
