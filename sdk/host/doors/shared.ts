import type { Host } from "../host.ts";
import type { Clients } from "./clients.ts";
import type { Gzip } from "./gzip.ts";
import type { Measured } from "./limits.ts";

/** What all exchanges of one server have in common. */
export interface Shared {
  readonly host: Host;
  readonly clients: Clients;
  readonly limits: Measured;
  readonly secure: boolean;
  readonly gzip: Gzip;
  readonly origin: () => string;
  readonly closing: () => boolean;
  /** What ends the waiting calls. */
  readonly ending: Set<() => void>;
  readonly logged: boolean;
  readonly delay: ((method: string) => number) | undefined;
  readonly trace: ((id: string, way: "request" | "answer", text: string) => void) | undefined;
}
