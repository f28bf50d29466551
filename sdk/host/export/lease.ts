import type { Ref, vim } from "../../vim/index.ts";
import type { Core } from "../core.ts";
import { fault, type HostFault, invalidState } from "../faults.ts";
import { Collector } from "../property/collector.ts";
import type { Session, SessionObject } from "../session/session.ts";
import type { Digest } from "./digest.ts";
import { leasesOf } from "./leases.ts";

/** A file that a lease is about. */
export interface LeaseFile {
  /** `/vm-42/VirtualLsiLogicController0:0`. */
  readonly key: string;
  /** What the descriptor calls the device; the same as the key in an export. */
  readonly importKey: string;
  /** `disk-0.vmdk`. */
  readonly name: string;
  readonly url: string;
  /** Of the disk, in bytes. */
  readonly capacity: number;
  /** Bytes of it that hold something. */
  readonly populated: number;
}

/** What a lease gives and what is done when it ends. */
export interface LeaseWork {
  readonly doing: "exported" | "imported";
  /** The number of the machine. */
  readonly machine: number;
  readonly entity: Ref<"VirtualMachine">;
  readonly task: Ref<"Task">;
  readonly files: readonly LeaseFile[];
  /** Gives up what it held. `left`: the vCenter was put back meanwhile, and what was begun is not there or is as it was then. */
  end(how: "complete" | "given up" | "left"): void;
}

/** Seconds without a sign of the client after which a lease is over: vSphere's. */
const timeout = 300;

/**
 * Keeps a machine for a client that fetches its disks, or brings them. It is ready at once: there is nothing to prepare. It ends
 * when the client says so, when he is silent for too long (by the vCenter's clock; noticed when somebody asks), with his session,
 * or when the vCenter is put back to an earlier moment.
 */
export class Lease implements SessionObject {
  readonly ref: Ref<"HttpNfcLease">;
  readonly #core: Core;
  readonly #session: Session;
  readonly #work: LeaseWork;
  readonly #digests = new Map<string, Digest>();
  readonly #checksums = new Map<string, string>();
  #state: vim.HttpNfcLeaseState = "ready";
  #error: vim.LocalizedMethodFault | undefined;
  #percent = 0;
  #deadline: number;

  constructor(ref: Ref<"HttpNfcLease">, core: Core, session: Session, work: LeaseWork) {
    this.ref = ref;
    this.#core = core;
    this.#session = session;
    this.#work = work;
    this.#deadline = this.#later();
    leasesOf(core).add(work.machine, this);
  }

  get live(): boolean {
    return this.#state === "ready";
  }
  get doing(): LeaseWork["doing"] {
    return this.#work.doing;
  }
  get task(): Ref<"Task"> {
    return this.#work.task;
  }

  property(name: string): unknown {
    this.expire();
    switch (name) {
      case "state":
        return this.#state;
      case "error":
        return this.#error;
      case "info":
        return this.#state === "error" ? undefined : this.#info();
      case "initializeProgress":
        return 100;
      case "transferProgress":
        return this.#percent;
      case "mode":
        return "pushOrGet";
      case "capabilities":
        return Object.freeze({ pullModeSupported: false, corsSupported: false });
      default:
        return undefined;
    }
  }

  /** The client is still there. */
  progress(percent: number): void {
    this.expire();
    if (this.#error?.fault._typeName === "Timedout") throw this.#timedOut();
    if (this.live) this.#deadline = this.#later();
    this.#percent = Math.max(0, Math.min(100, percent));
    this.#wake();
  }

  /** Bytes are on their way: that is a sign of the client too. Throws when the lease is over. */
  sign(): void {
    this.requireLive();
    this.#deadline = this.#later();
  }

  note(key: string, digest: Digest): void {
    this.#digests.set(key, digest);
  }

  chooseChecksums(pairs: readonly vim.KeyValue[]): void {
    this.requireLive();
    for (const { key, value } of pairs) this.#checksums.set(key, value);
  }

  /** What has been fetched from it so far. */
  manifest(): vim.HttpNfcLeaseManifestEntry[] {
    this.expire();
    if (this.#state === "error") throw this.#error?.fault._typeName === "Timedout" ? this.#timedOut() : this.#over();
    return this.#work.files.flatMap(({ key, capacity, populated }) => {
      const digest = this.#digests.get(key);
      if (!digest) return [];
      const checksumType = this.#checksums.get(key) ?? "sha256";
      const checksum = checksumType === "sha1" ? digest.sha1 : digest.sha256;
      const { sha1, size } = digest;
      return [{ key, sha1, checksum, checksumType, size, disk: true, capacity, populatedSize: populated }];
    });
  }

  complete(): void {
    this.requireLive();
    this.#percent = 100;
    this.#end("done", "complete");
  }

  abort(reason: vim.LocalizedMethodFault | undefined): void {
    this.requireLive();
    this.#error = reason ?? fault("RequestCanceled", {}, "The lease was given up by its client.").localized;
    this.#end("error", "given up");
  }

  fail(why: HostFault, how: "given up" | "left" = "given up"): void {
    if (!this.live) return;
    this.#error = why.localized;
    this.#end("error", how);
  }

  close(): void {
    this.fail(fault("RequestCanceled", {}, "The session of the lease has ended."));
  }

  requireLive(): void {
    this.expire();
    if (this.#error?.fault._typeName === "Timedout") throw this.#timedOut();
    if (!this.live) throw this.#over();
  }

  /** Ends it if its time is over. */
  expire(): void {
    if (this.live && this.#core.universe.now >= this.#deadline) this.fail(this.#timedOut());
  }

  #info(): vim.HttpNfcLeaseInfo {
    const { entity, files } = this.#work;
    const sslThumbprint = this.#core.tickets.thumbprint;
    return Object.freeze({
      lease: this.ref,
      entity,
      deviceUrl: Object.freeze(
        files.map(({ key, importKey, url, name, populated }) =>
          Object.freeze({ key, importKey, url, sslThumbprint, disk: true, targetId: name, fileSize: populated }),
        ),
      ),
      totalDiskCapacityInKB: files.reduce((sum, { capacity }) => sum + Math.ceil(capacity / 1024), 0),
      leaseTimeout: timeout,
    });
  }

  #end(state: "done" | "error", how: "complete" | "given up" | "left"): void {
    this.#state = state;
    const { files, machine } = this.#work;
    for (const { url } of files) this.#core.tickets.withdraw(url);
    leasesOf(this.#core).remove(machine, this);
    this.#work.end(how);
    this.#wake();
  }

  #later(): number {
    return this.#core.universe.now + timeout * 1000;
  }

  /** No commit tells of what happens to a lease. */
  #wake(): void {
    for (const object of this.#session.objects.values()) if (object instanceof Collector) object.wake();
  }

  #over = () => invalidState(`The lease is not ready: it is ${this.#state === "done" ? "complete" : "given up"}.`);
  #timedOut = () => fault("Timedout", {}, `The lease is over: nothing was heard of its client for ${timeout} seconds.`);
}
