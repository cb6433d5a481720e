// Reads the published vectors from standard input; says of each whether a receiver accepts it.
import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const SPKI = Buffer.from("302a300506032b6570032100", "hex"); // Ed25519, RFC 8410
const { toleranceSeconds, vectors } = JSON.parse(readFileSync(0, "utf8"));

function asymmetric({ key, headers, body, now }) {
  const stamp = headers["webhook-timestamp"];
  if (Math.abs(now - Number(stamp)) > toleranceSeconds) return false;
  const raw = Buffer.from(key.replace("whpk_", ""), "base64");
  const known = createPublicKey({ key: Buffer.concat([SPKI, raw]), format: "der", type: "spki" });
  const signed = Buffer.from(`${headers["webhook-id"]}.${stamp}.${body}`);
  return headers["webhook-signature"].split(" ").some((each) => {
    const [version, signature] = each.split(",");
    return version === "v1a" && verify(null, signed, known, Buffer.from(signature, "base64"));
  });
}

function symmetric({ key, headers, body, now }) {
  // The library asks this clock; the vectors say what time it is.
  Date.now = () => now * 1000;
  try {
    new Webhook(key).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

const accepted = vectors.map((each) => {
  const check = each.key.startsWith("whpk_") ? asymmetric : symmetric;
  return [each.name, check(each)];
});
console.log(JSON.stringify(Object.fromEntries(accepted)));
