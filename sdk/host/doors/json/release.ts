import { rankOf } from "../../../soap/version.ts";
import { apiVersions } from "../../../vim/schema.ts";

/** A release of the API by its name in an address, and its place among the versions that the schema knows. */
export interface Release {
  readonly name: string;
  readonly rank: number;
}

/** VI/JSON begins with 7.0.0.0. The last release changed nothing that the schema tells. */
const oldest = "7.0.0.0";
const latest = "9.1.1.0";

let all: ReadonlyMap<string, Release> | undefined;

/** The releases that can be spoken, oldest first. */
export function releases(): ReadonlyMap<string, Release> {
  if (all) return all;
  const versions = apiVersions();
  const named = new Map<string, Release>();
  for (let rank = versions.indexOf(oldest); rank < versions.length; rank++) {
    const name = versions[rank] ?? "";
    named.set(name, Object.freeze({ name, rank }));
  }
  if (!named.has(latest)) named.set(latest, Object.freeze({ name: latest, rank: versions.length - 1 }));
  all = named;
  return named;
}

/** The first of the releases that a client speaks and prefers, that is known here; empty when none is. */
export const agreed = (wanted: readonly string[]): string => wanted.find((name) => releases().has(name)) ?? "";

/** Whether what came with a version is known to a release. */
export const knownAt = (since: string | undefined, rank: number): boolean =>
  since === undefined || rankOf(since) <= rank;
