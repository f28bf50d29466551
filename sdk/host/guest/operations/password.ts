import { createHash } from "node:crypto";
import { verify } from "unixcrypt";

/** What came of comparing a password with a guest's hash: `unknown` for kinds of hashes that nothing here can compute. */
export type Comparison = "right" | "wrong" | "unknown";

/** One comparison takes 5,000 rounds of SHA-512, milliseconds: what was found is remembered, and nothing that could be read back. */
const known = new Map<string, boolean>();
const remembered = 256;
/** A guest may ask for up to 999,999,999 rounds, half an hour. */
const mostRounds = 100_000;
/** Linux takes no longer ones at a login (PAM's limit, in bytes). The cost grows with the square of the length. */
const longest = 511;

/** Compares a password with a field of `/etc/shadow`: `$6$` (sha512-crypt) and `$5$` (sha256-crypt), as Linux writes them. */
export function comparePassword(hash: string, password: string): Comparison {
  if (hash === "") return password === "" ? "right" : "wrong";
  // `*`, `!` and a hash behind a `!` let nobody in.
  if (!hash.startsWith("$")) return "wrong";
  const match = /^\$[56]\$(?:rounds=(\d+)\$)?[./0-9A-Za-z]{0,16}\$[./0-9A-Za-z]{43,86}$/.exec(hash);
  if (!match || Number(match[1] ?? 5000) > mostRounds) return "unknown";
  if (Buffer.byteLength(password) > longest) return "wrong";
  const key = createHash("sha256").update(`${hash}\0${password}`).digest("base64");
  const before = known.get(key);
  const right = before ?? verify(password, hash);
  known.delete(key);
  known.set(key, right);
  const [oldest] = known.keys();
  if (known.size > remembered && oldest !== undefined) known.delete(oldest);
  return right ? "right" : "wrong";
}
