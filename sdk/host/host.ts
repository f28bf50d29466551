import type { Ref } from "../vim/index.ts";
import type { Piece } from "../vmdk/index.ts";
import { alarm, type Duration, milliseconds } from "./clock.ts";
import { singletons } from "./content.ts";
import type { Core } from "./core.ts";
import { PageStore } from "./cow/page-store.ts";
import { bringFile, fetchFile, isFolderUrl } from "./datastore/door.ts";
import { dispatch, operationOf } from "./dispatch.ts";
import type { Listening, ListenOptions } from "./doors/listen.ts";
import { fillLooseDisk } from "./export/fill-disk.ts";
import { type OpenDisk, openDisk } from "./export/open-disk.ts";
import { runWorkloads, startWorkload, type Workload } from "./guest/memory/workload.ts";
import { ProgramRunner } from "./guest/program/runner.ts";
import { settled } from "./guest/program/settled.ts";
import { firstState, rootFolder } from "./inventory/first.ts";
import { resolveKind } from "./inventory/lookup.ts";
import { figuresOf, readDisk, readMemory, writeDisk, writeMemory } from "./machine/bytes.ts";
import { noticeConflicts } from "./machine/conflicts.ts";
import { type Kin, type Kinship, kinOf, kinshipOf } from "./machine/kinship.ts";
import { type Mark, markOf } from "./mark.ts";
import { beginning, type HostOptions, universeOptions } from "./options.ts";
import { uuidOf } from "./random.ts";
import type { Connection } from "./session/connection.ts";
import { Sessions, type User } from "./session/sessions.ts";
import { type Flavour, isEsx } from "./state/esx-id.ts";
import type { State } from "./state/state.ts";
import { Universe, type UniverseOptions } from "./state/universe.ts";
import { TaskEngine } from "./task/engine.ts";
import { catchUp, nextMoment, passTime } from "./task/pass-time.ts";
import { type Chunks, type Download, Tickets } from "./transfer/tickets.ts";

const administrator: User = Object.freeze({
  name: "Administrator@vsphere.local",
  password: undefined,
  fullName: "Administrator",
  groups: Object.freeze(["Administrators@vsphere.local"]),
});

const root: User = Object.freeze({ ...administrator, name: "root" });

/** A simulated vCenter, or a single ESXi. It has no door of its own: `connect(host)` and the servers of `doors/` call it. */
export class Host implements Core {
  readonly universe: Universe;
  readonly engine: TaskEngine;
  readonly sessions: Sessions;
  readonly tickets: Tickets;
  readonly #programs: ProgramRunner;
  readonly flavour: Flavour;
  readonly singletons: Core["singletons"];
  readonly rootFolder = rootFolder;
  readonly instanceUuid: string;
  readonly #users: readonly User[];
  readonly #alarm = alarm();
  readonly #listening: Listening[] = [];
  #closed = false;

  private constructor(options: UniverseOptions, users: readonly User[], state: State, pages: PageStore) {
    this.universe = new Universe(options, state, pages, noticeConflicts);
    this.engine = new TaskEngine(this.universe, operationOf);
    this.#users = users;
    this.flavour = isEsx(this.universe.view) ? "esx" : "vcenter";
    this.singletons = singletons[this.flavour];
    this.sessions = new Sessions(users, options.seed);
    this.tickets = new Tickets(options.seed, () => this.universe.now);
    this.instanceUuid = uuidOf(options.seed, "instance", 0);
    this.#programs = new ProgramRunner(this.universe);
    if (options.clock === "real") this.universe.listen(() => this.#wake());
    this.#wake();
  }

  /** Makes a host with its inventory. Throws a RangeError that names what is wrong with the options. */
  static start(options: HostOptions = {}): Host {
    const { flavour = "vcenter", users = [flavour === "esx" ? root : administrator], inventory } = options;
    const universe = universeOptions(options);
    const pages = new PageStore();
    try {
      const state = firstState(pages, universe.seed, beginning(options, universe), inventory, users, flavour);
      return new Host(universe, users, state, pages);
    } catch (error) {
      pages.close();
      throw error;
    }
  }

  /** A twin: from here on each goes its own way. It costs the same at any size. Close it when it is no longer needed. */
  fork(): Host {
    this.#requireOpen();
    return new Host(this.universe.options, this.#users, this.universe.state, this.universe.forkPages());
  }

  /** Remembers everything as it is. */
  snapshot(): Mark {
    this.#requireOpen();
    return markOf(this.universe.state, this.universe.forkPages());
  }

  /** Puts everything back as it was at a mark, which can be used again. Sessions go on: their filters report the difference. */
  restore(mark: Mark): void {
    this.#requireOpen();
    if (mark.released) throw new Error("The mark has been released: it cannot be restored any more.");
    this.universe.replace(mark.state, mark.pages.forkStore());
  }

  /** The host's clock. `advance` is for hosts started with `clock: "manual"`. */
  readonly clock = {
    now: (): Date => new Date(this.universe.now),
    advance: (duration: Duration): void => {
      this.#requireOpen();
      if (this.universe.options.clock !== "manual") {
        throw new RangeError('The clock can be advanced only in a host started with clock: "manual".');
      }
      passTime(this.universe, this.engine, this.universe.now + milliseconds(duration));
      this.#programs.wake();
    },
  };

  /** A client at the embedded door: the host's owner, as its administrator, or somebody who logs in by himself. */
  connect(from: { readonly loggedIn: boolean; readonly userAgent: string }): Connection {
    this.#requireOpen();
    const client = { ipAddress: "127.0.0.1", userAgent: from.userAgent };
    const session = from.loggedIn
      ? this.sessions.open(this.#users[0] ?? administrator, this.universe.now, client)
      : undefined;
    return { session, ...client };
  }

  /** Calls a method. Answers, or promises an answer, or throws a HostFault. */
  call(
    client: Connection,
    self: Ref,
    method: string,
    args: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
  ): unknown {
    this.#requireOpen();
    return dispatch(this, client, self, method, args, signal);
  }

  /** Bytes of a machine as its guest sees them: of its memory, or of the disk with a key (0: the first). */
  readBytes(vm: Ref<"VirtualMachine">, disk: number | undefined, address: number, length: number): Uint8Array {
    this.#requireOpen();
    const { view } = this.universe;
    const { id } = resolveKind(view, "VirtualMachine", vm);
    return disk === undefined
      ? readMemory(view, id, address, length)
      : readDisk(view, id, disk || undefined, address, length);
  }

  /** Writes bytes of a machine, as its guest would. */
  writeBytes(vm: Ref<"VirtualMachine">, disk: number | undefined, address: number, bytes: Uint8Array): void {
    this.#requireOpen();
    this.universe.transact((tx) => {
      const { id } = resolveKind(tx, "VirtualMachine", vm);
      if (disk === undefined) writeMemory(tx, id, address, bytes);
      else writeDisk(tx, id, disk || undefined, address, bytes);
    });
  }

  /** Puts a machine's guest to work on its memory, in the place of what it was doing. All of it is done at once on the instant clock. */
  workload(vm: Ref<"VirtualMachine">, workload: Workload): void {
    this.#requireOpen();
    this.universe.transact((tx) => startWorkload(tx, resolveKind(tx, "VirtualMachine", vm), workload));
    if (this.universe.options.clock === "instant") runWorkloads(this.universe, "the end");
  }

  /** What of a machine's memory, or of a disk, is shared with others and what is its own, in bytes. */
  figures(
    vm: Ref<"VirtualMachine">,
    disk: number | undefined,
  ): Readonly<Record<"size" | "mapped" | "private" | "shared", number>> {
    this.#requireOpen();
    const { view } = this.universe;
    return figuresOf(view, resolveKind(view, "VirtualMachine", vm), disk);
  }

  /** A disk of a machine (0: the first) as it is now, to be exported. Close it. */
  openDisk(vm: Ref<"VirtualMachine">, key: number): OpenDisk {
    this.#requireOpen();
    return openDisk(this.universe, resolveKind(this.universe.view, "VirtualMachine", vm), key);
  }

  /** Writes a disk that no machine has, by its path on a datastore, piece by piece. */
  async fillDisk(name: string, datacenter: Ref<"Datacenter">, pieces: AsyncIterable<Piece>): Promise<void> {
    this.#requireOpen();
    await fillLooseDisk(this.universe, name, datacenter, pieces);
  }

  /** Resolves when a machine's guest has nothing to do for now; undefined when it has not. */
  settled(vm: Ref<"VirtualMachine">): Promise<void> | undefined {
    this.#requireOpen();
    return settled(this.universe, resolveKind(this.universe.view, "VirtualMachine", vm).id);
  }

  /** What a machine was made from, and how many were made from it. */
  kinship(vm: Ref<"VirtualMachine">): Kinship {
    this.#requireOpen();
    const { view } = this.universe;
    return kinshipOf(view, resolveKind(view, "VirtualMachine", vm));
  }

  /** The machines that were made from a machine, those gone included while theirs are there; or those that need its files. */
  kin(vm: Ref<"VirtualMachine">, which: "forks" | "dependants"): Kin[] {
    this.#requireOpen();
    const { view } = this.universe;
    return kinOf(view, resolveKind(view, "VirtualMachine", vm).id, which);
  }

  /** Fetches the bytes behind a URL that a method has given out, or for a client those of a file on a datastore. */
  download(url: string, signal?: AbortSignal, client?: Connection): Download {
    this.#requireOpen();
    return isFolderUrl(url) ? fetchFile(this, client, url, signal) : this.tickets.download(url, signal);
  }

  /** Brings bytes to a URL that a method has given out, or for a client to a file on a datastore. */
  async upload(url: string, chunks: Chunks, signal?: AbortSignal, client?: Connection): Promise<void> {
    this.#requireOpen();
    if (isFolderUrl(url)) await bringFile(this, client, url, chunks, signal);
    else await this.tickets.upload(url, chunks, signal);
  }

  /**
   * Resolves when no guest's program has anything to do: they run by themselves, a few milliseconds after the call that let them.
   * A program that never ends and never sleeps keeps it waiting.
   */
  async idle(): Promise<void> {
    this.#requireOpen();
    await this.#programs.idle();
  }

  /**
   * Opens the host to other programs: SOAP, VI/JSON, REST and files, at one port. Throws a RangeError that names what is wrong with
   * the options, or what the system says of the port.
   *
   * @example
   * const host = await startHost();
   * const listening = await host.listen({ port: 0, tls: false });
   * console.log(listening.url);
   * await listening.close();
   * host.close();
   */
  async listen(options: ListenOptions = {}): Promise<Listening> {
    this.#requireOpen();
    const { listen } = await import("./doors/listen.ts");
    const listening = await listen(this, options);
    this.#listening.push(listening);
    if (this.#closed) await listening.close();
    return listening;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Ends all sessions and what listens, and gives all bytes back. A closed host answers nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const listening of this.#listening) void listening.close();
    this.#alarm.set(undefined, () => {});
    this.#programs.close();
    this.sessions.closeAll();
    this.universe.close();
  }
  [Symbol.dispose](): void {
    this.close();
  }
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
    await Promise.all(this.#listening.map((listening) => listening.close()));
  }

  /** On a real clock: sees to it that what is due first is done in time. */
  #wake(): void {
    if (this.#closed || this.universe.options.clock !== "real") return;
    this.#alarm.set(nextMoment(this.universe), () => {
      catchUp(this.universe, this.engine);
      // A timer may be early, and then nothing was due yet.
      this.#wake();
    });
  }

  #requireOpen(): void {
    if (this.#closed) throw new Error("The host is closed.");
  }
}

/**
 * Starts a simulated vCenter in this process, with no socket.
 *
 * @example
 * const host = await startHost({ seed: 1 });
 * const vc = await connect(host);
 * host.close();
 */
export async function startHost(options: HostOptions = {}): Promise<Host> {
  return Host.start(options);
}
