import { aborted, type VsphereError } from "../errors.ts";
import type { Connection, Host } from "../host/index.ts";
import type { Ref } from "../vim/index.ts";
import type { MachineBytes, MachineDisks, MachineLineage, Place, Transfer, Transport } from "./transport.ts";

/** How to know a fault of the host without loading the simulator for a script that talks to a real server. */
export interface MemoryDoor {
  readonly host: Host;
  readonly client: Connection;
  /** The fault behind an error, if it is one. */
  readonly faultOf: (error: unknown) => VsphereError | undefined;
}

/** Passes objects straight to a simulated vCenter's dispatcher: no XML, no copy. */
export function memoryTransport({ host, client, faultOf }: MemoryDoor, end: () => void): Transport {
  const explain = (error: unknown): unknown => faultOf(error) ?? error;

  async function call(
    self: Ref,
    method: string,
    args: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
  ): Promise<unknown> {
    if (signal?.aborted) throw aborted(signal, method);
    try {
      return await host.call(client, self, method, args, signal);
    } catch (error) {
      if (signal?.aborted) throw aborted(signal, method);
      throw explain(error);
    }
  }

  const attempt = async <T>(work: () => T): Promise<T> => {
    try {
      return work();
    } catch (error) {
      throw explain(error);
    }
  };
  const bytes: MachineBytes = {
    read: (vm, from, address, length) => attempt(() => host.readBytes(vm, diskKey(from), address, length)),
    write: (vm, to, address, data) => attempt(() => host.writeBytes(vm, diskKey(to), address, data)),
    figures: (vm, of) => attempt(() => host.figures(vm, diskKey(of))),
    work: (vm, workload) => attempt(() => host.workload(vm, workload)),
  };
  const disks: MachineDisks = {
    open: (vm, key) => attempt(() => host.openDisk(vm, key)),
    async fill(name, datacenter, pieces) {
      try {
        await host.fillDisk(name, datacenter, pieces);
      } catch (error) {
        throw explain(error);
      }
    },
  };
  const lineage: MachineLineage = {
    of: (vm) => attempt(() => host.kinship(vm)),
    kin: (vm, which) => attempt(() => host.kin(vm, which)),
  };
  async function* download(url: string, signal?: AbortSignal): AsyncGenerator<Uint8Array, void> {
    try {
      if (signal?.aborted) throw signal.reason;
      yield* host.download(url, signal, client);
    } catch (error) {
      if (signal?.aborted) throw aborted(signal, "The download");
      throw explain(error);
    }
  }
  const transfer: Transfer = {
    download,
    async upload(url, chunks, signal) {
      try {
        await host.upload(url, chunks, signal, client);
      } catch (error) {
        if (signal?.aborted) throw aborted(signal, "The upload");
        throw explain(error);
      }
    },
  };
  return { call, bytes, disks, lineage, transfer, settled: (vm) => host.settled(vm), close: async () => end() };
}

/** The device key of a disk (0: the first), or undefined for memory. */
const diskKey = (place: Place): number | undefined => (place.kind === "disk" ? place.key : undefined);
