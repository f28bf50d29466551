import { throwIfAborted, VsphereError } from "./errors.ts";
import type { ImportVAppOptions } from "./export/import-vapp.ts";
import { type ForkOptions, type ForkReport, fork } from "./fork/bulk.ts";
import { type Relative, recordsOf, relative } from "./fork/lineage.ts";
import type { GuestCredentials } from "./guest/credentials.ts";
import { Find } from "./inventory/find.ts";
import { type Reference, referenceOf } from "./objects/managed-object.ts";
import type { VirtualMachine } from "./objects/virtual-machine.ts";
import type { CallOptions } from "./progress.ts";
import { retrieve } from "./property/retrieve.ts";
import { type Update, watch } from "./property/watch.ts";
import { Task } from "./task/task.ts";
import { TaskWaiter } from "./task/waiter.ts";
import type { Transport } from "./transport/transport.ts";
import type { CheckedPath, ManagedType, Methods, Ref, Row, vim } from "./vim/index.ts";

type Args<T extends ManagedType, M extends keyof Methods<T>> = Methods<T>[M] extends { args: infer A } ? A : never;
type Returns<T extends ManagedType, M extends keyof Methods<T>> = Methods<T>[M] extends { returns: infer R }
  ? R
  : never;

/**
 * A session with a vCenter: what {@link connect} gives.
 *
 * @example
 * const vc = await connect();
 * const golden = await vc.find.virtualMachine("golden");
 * const report = await vc.fork(golden, { count: 3, name: (i) => `desk-${i}` });
 * console.log(report.created.length);
 * await vc.close();
 */
export class Session {
  readonly transport: Transport;
  /** The server's singletons, and what it says about itself. */
  readonly content: vim.ServiceContent;
  /** Finds objects by name and by path. */
  readonly find: Find;
  readonly tasks: TaskWaiter;
  /** The account that `vm.guest` takes unless it is told another. */
  readonly guestCredentials: GuestCredentials | undefined;
  readonly #end: () => Promise<void>;
  #closed = false;

  constructor(transport: Transport, content: vim.ServiceContent, end: () => Promise<void>, guest?: GuestCredentials) {
    this.transport = transport;
    this.content = content;
    this.find = new Find(this);
    this.tasks = new TaskWaiter(this);
    this.guestCredentials = guest;
    this.#end = end;
  }

  /** Product, version and instance of the server. */
  get about(): vim.AboutInfo {
    return this.content.about;
  }

  /**
   * Calls a method by its wire name.
   *
   * @example
   * const team = await vc.call(vc.content.rootFolder, "CreateFolder", { name: "team-a" });
   */
  async call<T extends ManagedType, M extends keyof Methods<T> & string>(
    self: Reference<T>,
    method: M,
    args: Args<T, M>,
    options: CallOptions = {},
  ): Promise<Returns<T, M>> {
    if (this.#closed) throw new VsphereError("Closed", "The session is closed: connect again.");
    throwIfAborted(options.signal, method);
    // Arguments and answer are what the schema says of this method: the transports check both.
    const given = args as Readonly<Record<string, unknown>>;
    return (await this.transport.call(referenceOf(self), method, given, options.signal)) as Returns<T, M>;
  }

  /**
   * Reads the same properties of many objects, in the order of the objects. A path that the type does not have does not compile.
   *
   * @throws VsphereError `NotFound` when one of them is gone.
   * @example
   * const vms = await vc.find.virtualMachines("web-*");
   * for (const row of await vc.retrieve(vms, ["name", "runtime.powerState"])) console.log(row.name, row["runtime.powerState"]);
   */
  retrieve<T extends ManagedType, const P extends string>(
    objects: readonly Reference<T>[],
    paths: readonly CheckedPath<T, P>[],
    options: CallOptions = {},
  ): Promise<Row<T, P>[]> {
    return retrieve<T, P>(this, objects.map(referenceOf<T>), paths, options);
  }

  /**
   * Watches properties of objects: first each as it is, then every change, until the loop is left.
   *
   * @example
   * for await (const update of vc.watch([vm], ["runtime.powerState"])) {
   *   if (update.changes["runtime.powerState"] === "poweredOn") break;
   * }
   */
  watch<T extends ManagedType, const P extends string>(
    objects: readonly Reference<T>[],
    paths: readonly CheckedPath<T, P>[],
    options: CallOptions = {},
  ): AsyncGenerator<Update<T, P>, void, undefined> {
    return watch<T, P>(this, objects.map(referenceOf<T>), paths, options);
  }

  /**
   * Forks a machine many times with Instant Clone. Failures are reported machine by machine, and leave nothing half-made behind.
   *
   * @example
   * const report = await vc.fork(golden, {
   *   count: 1000,
   *   name: (i) => `desk-${i}`,
   *   guestInfo: (i) => ({ "guestinfo.ic.hostname": `desk-${i}` }),
   * });
   * for (const { name, error } of report.failed) console.error(name, error.message);
   */
  fork(source: Reference<"VirtualMachine">, options: ForkOptions): Promise<ForkReport> {
    return fork(this, referenceOf(source), options);
  }

  /**
   * Makes a machine, switched off, of an OVF or OVA package of this computer. Files are compared with the package's manifest; when
   * anything is wrong nothing is left behind.
   *
   * @throws VsphereError `BadDisk` or a fault of the OVF family for a package that is not in order, `DuplicateName`, `NoDiskSpace`.
   * @example
   * const build = await vc.find.virtualMachine("build-01");
   * await build.exportVApp("build.ova");
   * const resourcePool = await vc.find.resourcePool("/DC0/host/cluster-01/Resources");
   * const copy = await vc.importVApp("build.ova", { name: "build-02", resourcePool, datastore });
   */
  async importVApp(file: string, options: ImportVAppOptions): Promise<VirtualMachine> {
    const { importVApp } = await import("./export/import-vapp.ts");
    return importVApp(this, file, options);
  }

  /**
   * The machines that were made from a machine and are there, in the order in which they were made. It costs as much as there are of
   * them, whatever else is in the inventory (simulated vCenters only).
   *
   * @example
   * await golden.instantClone({ name: "first-of-golden" });
   * for (const { name, made } of await vc.forksOf(golden)) console.log(name, made);
   */
  async forksOf(source: Reference<"VirtualMachine">): Promise<Relative[]> {
    const forks = await recordsOf(this).kin(referenceOf(source), "forks");
    return forks.filter(({ gone }) => gone === undefined).map(relative);
  }

  /** The task of a reference, to wait for. */
  task<R = unknown>(ref: Ref<"Task">): Task<R> {
    return new Task<R>(this, ref);
  }

  /** Logs out and gives up what belongs to the session. A vCenter that `connect()` started ends with it. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
