import type { ManagedType, Ref } from "../../sdk/index.ts";
import { hasWildcard, wildcard } from "../language/regex/wildcard.ts";
import type { Connection } from "./connection.ts";

/** A name as the SDK's patterns take it literally. */
const literally = (name: string): string =>
  name.replace(/[\\*?[\]/%]/g, (character) =>
    character === "/" ? "%2f" : character === "%" ? "%25" : `\\${character}`,
  );

/** Objects of a type by PowerShell's patterns, in any case; exact names cost one look at what has changed. */
export async function findByName(
  connection: Connection,
  type: ManagedType,
  pattern: string,
  signal?: AbortSignal,
): Promise<readonly Ref[]> {
  const { find } = connection.session;
  if (!hasWildcard(pattern)) {
    const exact = await find.refs(type, literally(pattern), { signal });
    if (exact.length > 0) return exact;
  }
  const test = hasWildcard(pattern) ? wildcard(pattern) : undefined;
  const wanted = pattern.toLowerCase();
  const all = await find.names(type, { signal });
  return all.filter(({ name }) => (test ? test.test(name) : name.toLowerCase() === wanted)).map(({ ref }) => ref);
}
