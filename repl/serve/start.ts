import {
  type HostOptions,
  type Listening,
  type ListenOptions,
  type LogEntry,
  startHost,
} from "../../sdk/host/index.ts";
import type { Address } from "./address.ts";
import { codeOf, reasonOf, refusing, ServeError } from "./failure.ts";

/** A simulated vCenter that listens. */
export interface Served extends Listening {
  /** Gives the port free and ends the vCenter. */
  end(): Promise<void>;
}

/** The name of an object of the inventory, by how a log calls it: `VirtualMachine:vm-17`. */
export type NameOf = (object: string) => string | undefined;

/**
 * Makes a simulated vCenter and opens its doors.
 *
 * @param source how the user calls the inventory, for errors
 * @throws UsageError for what he can say better, ServeError for what the system refuses
 */
export async function start(
  hostOptions: HostOptions,
  at: Address,
  options: Omit<ListenOptions, "address" | "port" | "log"> & {
    readonly log: (entry: LogEntry, nameOf: NameOf) => void;
  },
  source: string,
): Promise<Served> {
  const host = await refusing(source, () => startHost(hostOptions));
  const nameOf = (object: string): string | undefined => {
    const [, type, number] = /^(\w+):.*?(\d+)$/.exec(object) ?? [];
    const record = host.universe.view.object(Number(number));
    return record?.kind === type ? record?.name : undefined;
  };
  const log = (entry: LogEntry) => options.log(entry, nameOf);
  try {
    const listening = await refusing(source, () => host.listen({ ...options, log, address: at.host, port: at.port }));
    const end = async () => {
      await listening.close();
      host.close();
    };
    return { ...listening, end };
  } catch (error) {
    host.close();
    throw isSystems(error) ? new ServeError(`cannot listen at ${at.host}:${at.port}: ${reasonOf(error)}`) : error;
  }
}

const isSystems = (error: unknown): boolean => /^E[A-Z0-9_]+$/.test(codeOf(error)) && !codeOf(error).startsWith("ERR_");
