import type { Caller } from "./caller.ts";

/** What fills the braces of a path. */
export type Places = Readonly<Record<string, string>>;

/** One operation of the REST API. */
export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below /api and /rest alike, or below one of them: `/vcenter/vm/{vm}`. */
  readonly path: string;
  readonly only?: "api" | "rest";
  /** The value of `action` in the query (`~action` below /rest); operations without one have none. */
  readonly action?: string;
  /** Default: 200, or 204 below /api where there is no answer. */
  readonly status?: number;
  readonly anonymous?: true;
  readonly run: (caller: Caller, places: Places) => unknown;
}

/** What a path leads to: the places in it, where it is the path of a route. */
export function placesIn(pattern: string, segments: readonly string[]): Places | undefined {
  const wanted = pattern.split("/").slice(1);
  if (wanted.length !== segments.length) return undefined;
  const places: Record<string, string> = {};
  for (const [i, want] of wanted.entries()) {
    const segment = segments[i] ?? "";
    if (want.startsWith("{")) places[want.slice(1, -1)] = segment;
    else if (want !== segment) return undefined;
  }
  return places;
}
