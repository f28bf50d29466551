import type { Ref } from "../vim/index.ts";
import type { DiskContent, Piece } from "../vmdk/index.ts";

/**
 * How calls reach a server. The objects above cannot tell one transport from another: values are the same on each (see the
 * package's documentation on values), answers are frozen, and what goes wrong is a `VsphereError`.
 */
export interface Transport {
  call(self: Ref, method: string, args: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<unknown>;
  /** What only a simulated vCenter has: the bytes of its machines. */
  readonly bytes: MachineBytes | undefined;
  /** What only a simulated vCenter has: whole disks, to be exported without a lease. */
  readonly disks: MachineDisks | undefined;
  /** Bytes behind the URLs that methods give out (files of guests, disks of leases), where this transport can reach them. */
  readonly transfer: Transfer | undefined;
  /** What only a simulated vCenter keeps: who was made from whom. */
  readonly lineage: MachineLineage | undefined;
  /** Resolves when a simulated machine's guest has nothing to do for now; undefined when it has not. Unset where nobody can tell. */
  readonly settled: ((vm: Ref<"VirtualMachine">) => Promise<void> | undefined) | undefined;
  close(): Promise<void>;
}

/** Moves bytes from and to URLs. */
export interface Transfer {
  /** Throws a VsphereError on the first step when there is nothing behind the URL (any more). */
  download(url: string, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  upload(url: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<void>;
}

/** Disks of simulated machines. */
export interface MachineDisks {
  /** A disk as it is now, by its device key (0: the first), whatever becomes of the machine meanwhile. */
  open(vm: Ref<"VirtualMachine">, key: number): Promise<OpenDisk>;
  /** Writes a disk that no machine has, by its path: `[datastore] disk.vmdk`. What comes later counts. */
  fill(name: string, datacenter: Ref<"Datacenter">, pieces: AsyncIterable<Piece>): Promise<void>;
}

/** A disk, and those that it is based on, the topmost first. Close it: it keeps the bytes of its moment alive. */
export interface OpenDisk {
  readonly levels: readonly OpenLevel[];
  close(): void;
}

/** One file of a chain. */
export interface OpenLevel {
  /** The file on its datastore: `golden/golden.vmdk`. */
  readonly path: string;
  /** All of the disk up to here. */
  readonly whole: DiskContent;
  /** What it holds that the next level does not; of the last one, everything. */
  readonly own: DiskContent;
  /** The same object as long as nothing has changed: what was worked out about the content still holds. */
  readonly version: object;
}

/** A simulated machine's own memory and disks. Addresses and offsets are in bytes. */
export interface MachineBytes {
  read(vm: Ref<"VirtualMachine">, from: Place, address: number, length: number): Promise<Uint8Array>;
  write(vm: Ref<"VirtualMachine">, to: Place, address: number, bytes: Uint8Array): Promise<void>;
  figures(vm: Ref<"VirtualMachine">, of: Place): Promise<SharingFigures>;
  /** Puts the guest to work on its memory. */
  work(vm: Ref<"VirtualMachine">, workload: Workload): Promise<void>;
}

/** What a simulated guest does to its memory, so that sharing decays as it does in life. */
export interface Workload {
  /** How many pages of 4 KiB it touches in a second. 0 ends the workload there is. */
  readonly pagesPerSecond: number;
  /** For how long, in seconds of the vCenter's clock. On the instant clock all of it is done at once. */
  readonly seconds: number;
  /** Bytes that it comes back to again and again. Default: 64 MiB, or all memory where that is less. */
  readonly workingSet?: number;
  /** The share of touches that fall into the working set, 0 to 1; all others fall anywhere. Default: 0.9. */
  readonly locality?: number;
  /** The share of touches that write, 0 to 1. Default: 0.5. */
  readonly writes?: number;
  /** A whole number: another one touches other pages. Default: 1. */
  readonly seed?: number;
}

/** Who was made from whom, on a simulated vCenter. */
export interface MachineLineage {
  of(vm: Ref<"VirtualMachine">): Promise<Kinship>;
  kin(vm: Ref<"VirtualMachine">, which: "forks" | "dependants"): Promise<readonly Kin[]>;
}

/** A machine in a line of descent. */
export interface Kin {
  readonly ref: Ref<"VirtualMachine">;
  readonly name: string;
  readonly made: Making;
  /** Set when it is gone: since when, in milliseconds since the epoch. */
  readonly gone: number | undefined;
}

/** How a machine came to be. */
export type Making = "new" | "clone" | "linkedClone" | "instantClone";

/** Where a machine comes from. */
export interface Kinship {
  readonly made: Making;
  /** What it was made from, and what that was made from, and so on. */
  readonly ancestors: readonly Kin[];
  /** How many were made from it. */
  readonly forks: number;
}

/** Guest memory, or a disk by its device key (0: the first). */
export type Place = { readonly kind: "memory" } | { readonly kind: "disk"; readonly key: number };

/** What a machine shares and what is its own, exact to the byte. */
export interface SharingFigures {
  /** Configured size in bytes. */
  readonly size: number;
  /** Bytes with content; pages of zeros are not stored. */
  readonly mapped: number;
  /** Bytes that only this machine can reach. */
  readonly private: number;
  /** Bytes that others reach as well. */
  readonly shared: number;
}
