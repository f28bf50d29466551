import { apiVersions } from "../vim/schema.ts";

/** A version of the API that a client speaks: `8.0.3.0`. */
export interface ApiVersion {
  readonly name: string;
  /** Its place among `apiVersions()`: a later one has a higher rank. */
  readonly rank: number;
}

/**
 * The version that a client means: a known one, or the nearest older one that is known. Without a name, or with one that is no
 * version, it is the newest.
 */
export function apiVersion(name: string | undefined): ApiVersion {
  const versions = apiVersions();
  const exact = name === undefined ? -1 : versions.indexOf(name);
  if (exact >= 0) return { name: versions[exact] ?? "", rank: exact };
  const asked = name === undefined ? undefined : partsOf(name);
  let rank = versions.length - 1;
  if (asked) while (rank > 0 && isAfter(partsOf(versions[rank] ?? "") ?? [], asked)) rank--;
  return { name: versions[rank] ?? "", rank };
}

/** The numbers of a version; those of internal versions (`uA046D008`) have no order. */
function partsOf(name: string): readonly number[] | undefined {
  const match = /^\d{1,9}(?:\.\d{1,9})*/.exec(name)?.[0];
  return match?.split(".").map(Number);
}

function isAfter(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

let ranks: ReadonlyMap<string, number> | undefined;

/** The rank of a version that the schema names: of what a type or property is known since. */
export function rankOf(since: string): number {
  ranks ??= new Map(apiVersions().map((version, rank) => [version, rank]));
  return ranks.get(since) ?? 0;
}
