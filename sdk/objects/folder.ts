import type { CallOptions, ProgressOptions } from "../progress.ts";
import { ManagedObject, type Reference, referenceOf, type WireMethods } from "./managed-object.ts";

/** Its wire methods are put on the prototype by `defineWireMethods`. */
export interface Folder extends WireMethods<"Folder"> {}

/** A folder of the inventory. */
export class Folder extends ManagedObject<"Folder"> {
  /** @example const team = await folder.createFolder("team-a"); */
  async createFolder(name: string, options: CallOptions = {}): Promise<Folder> {
    return new Folder(
      this.session,
      await this.session.call<"Folder", "CreateFolder">(this.ref, "CreateFolder", { name }, options),
    );
  }

  /** Moves objects into it. */
  async moveInto(objects: readonly Reference<"ManagedEntity">[], options: ProgressOptions = {}): Promise<void> {
    const list = objects.map(referenceOf<"ManagedEntity">);
    await (await this.MoveIntoFolder_Task({ list }, options)).wait(options);
  }
}
