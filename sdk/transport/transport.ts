import type { Ref } from "../vim/index.ts";

/**
 * How calls reach a server. The objects above cannot tell one transport from another: values are the same on each (see the
 * package's documentation on values), answers are frozen, and what goes wrong is a `VsphereError`.
 */
export interface Transport {
  call(self: Ref, method: string, args: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<unknown>;
  /** What only a simulated vCenter has: the bytes of its machines. */
  readonly bytes: MachineBytes | undefined;
  /** Bytes behind the URLs that methods give out (files of guests, disks of leases), where this transport can reach them. */
  readonly transfer: Transfer | undefined;
  close(): Promise<void>;
}

/** Moves bytes from and to URLs. */
export interface Transfer {
  /** Throws a VsphereError on the first step when there is nothing behind the URL (any more). */
  download(url: string, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  upload(url: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<void>;
}

/** A simulated machine's own memory and disks. Addresses and offsets are in bytes. */
export interface MachineBytes {
  read(vm: Ref<"VirtualMachine">, from: Place, address: number, length: number): Promise<Uint8Array>;
  write(vm: Ref<"VirtualMachine">, to: Place, address: number, bytes: Uint8Array): Promise<void>;
  figures(vm: Ref<"VirtualMachine">, of: Place): Promise<SharingFigures>;
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
