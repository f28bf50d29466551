import type { CallOptions } from "../progress.ts";
import { ManagedObject, type WireMethods } from "./managed-object.ts";

/** Sizes of a datastore in bytes. */
export interface Space {
  readonly capacity: number;
  readonly free: number;
}

export interface Datastore extends WireMethods<"Datastore"> {}

/** A datastore. */
export class Datastore extends ManagedObject<"Datastore"> {
  /** @example const { capacity, free } = await datastore.space(); */
  async space(options: CallOptions = {}): Promise<Space> {
    const row = await this.retrieve(["summary.capacity", "summary.freeSpace"], options);
    return { capacity: Number(row["summary.capacity"]), free: Number(row["summary.freeSpace"]) };
  }
}
