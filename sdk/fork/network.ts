import { throwIfAborted, VsphereError } from "../errors.ts";
import { retrieve } from "../property/retrieve.ts";
import type { Session } from "../session.ts";
import { type Ref, vim } from "../vim/index.ts";
import type { ForkWarning } from "./warning.ts";

/**
 * What becomes of a fork's network cards. A fork's guest begins with its source's host name and address: two of them on one network
 * are in each other's way.
 *
 * - `reconnect` (the default): those that are connected in the source begin disconnected, and are connected once the guest no longer
 *   has an address of its source's. A guest that keeps one is left disconnected, and a warning says so.
 * - `disconnected`: they begin disconnected and stay so.
 * - `connected`: they are as the source's, from the first instruction on.
 */
export type ForkNetwork = "reconnect" | "disconnected" | "connected";

/** What has to be known of a source to fork it safely, read once for all of its forks. */
export interface SourceNetwork {
  /** Edits that disconnect the cards that are connected in the source. */
  readonly disconnect: readonly vim.VirtualDeviceConfigSpec[];
  readonly addresses: ReadonlySet<string>;
  /** A guest that froze itself goes on with a script, which gives it an identity; one that was running knows of nothing. */
  readonly frozen: boolean;
}

const paths = ["config.hardware.device", "guest.ipAddress", "guest.net", "runtime.instantCloneFrozen"] as const;

export async function networkOf(
  session: Session,
  source: Ref<"VirtualMachine">,
  signal: AbortSignal | undefined,
): Promise<SourceNetwork> {
  const [row] = await retrieve<"VirtualMachine", (typeof paths)[number]>(session, [source], paths, { signal });
  const cards = (row?.["config.hardware.device"] ?? []).filter((device) => vim.is(device, "VirtualEthernetCard"));
  return {
    disconnect: cards.filter(({ connectable }) => connectable?.connected).map((card) => edit(card, false)),
    addresses: new Set(addressesOf(row?.["guest.ipAddress"], row?.["guest.net"])),
    frozen: row?.["runtime.instantCloneFrozen"] ?? false,
  };
}

/**
 * As the published scripts do it: the whole card, without its address and its port, which are not the fork's. `migrateConnect` counts because to
 * vSphere a clone's start is a migration.
 */
const edit = (card: vim.VirtualEthernetCard, connected: boolean): vim.VirtualDeviceConfigSpec => ({
  operation: "edit",
  device: vim.edit(card, (draft) => {
    delete draft.macAddress;
    delete draft.addressType;
    if (vim.is(card.backing, "VirtualEthernetCardDistributedVirtualPortBackingInfo"))
      draft.backing = onAnyPort(card.backing);
    draft.connectable = {
      startConnected: true,
      allowGuestControl: card.connectable?.allowGuestControl ?? true,
      connected,
      migrateConnect: connected ? "unset" : "disconnect",
    };
  }),
});

/** A connection to a port group of a distributed switch that leaves the port to the server. */
function onAnyPort({
  _typeName,
  port: { portKey: _key, connectionCookie: _cookie, ...port },
}: vim.VirtualEthernetCardDistributedVirtualPortBackingInfo): vim.VirtualEthernetCardDistributedVirtualPortBackingInfo {
  return { _typeName, port };
}

const addressesOf = (first: string | undefined, net: readonly vim.GuestNicInfo[] | undefined): string[] =>
  [first, ...(net ?? []).flatMap(({ ipAddress }) => ipAddress ?? [])].filter((address) => address !== undefined);

/** The edits of a fork's devices: the caller's, and its cards disconnected where the caller says nothing about that. */
export function withoutNetwork(
  { disconnect }: SourceNetwork,
  deviceChange: readonly vim.VirtualDeviceConfigSpec[] = [],
): readonly vim.VirtualDeviceConfigSpec[] {
  if (deviceChange.length === 0) return disconnect;
  const own = new Set(deviceChange.map(({ device }) => device.key));
  const merged = deviceChange.map((change) => {
    const { device } = disconnect.find((off) => off.device.key === change.device.key) ?? {};
    if (!device?.connectable || change.device.connectable) return change;
    const { backing = device.backing } = change.device;
    return {
      ...change,
      device: { ...change.device, ...(backing ? { backing } : {}), connectable: device.connectable },
    };
  });
  return [...merged, ...disconnect.filter(({ device }) => !own.has(device.key))];
}

/** The edits that connect what such edits have disconnected. */
export const connecting = (edits: readonly vim.VirtualDeviceConfigSpec[]): readonly vim.VirtualDeviceConfigSpec[] =>
  edits.flatMap(({ device }) =>
    vim.is(device, "VirtualEthernetCard") && device.connectable?.migrateConnect === "disconnect"
      ? [edit(device, true)]
      : [],
  );

/** How long a frozen source's fork has, by default, to take an address of its own: milliseconds. */
const patience = 60_000;

/** Connects a fork's cards once its guest has no address of its source's. Says so where that does not come about. */
export async function reconnect(
  session: Session,
  vm: Ref<"VirtualMachine">,
  name: string,
  source: SourceNetwork,
  cards: readonly vim.VirtualDeviceConfigSpec[],
  options: { readonly signal?: AbortSignal | undefined; readonly identityTimeout?: number | undefined },
): Promise<ForkWarning | undefined> {
  if (cards.length === 0) return undefined;
  const { signal, identityTimeout = source.frozen ? patience : 0 } = options;
  try {
    // The script that a frozen guest goes on with, where one can tell when that has ended.
    const script = source.frozen ? session.transport.settled?.(vm) : undefined;
    if (script) await within(script, identityTimeout, signal);
    const kept = await keptAddress(session, vm, source, identityTimeout, signal);
    if (kept !== undefined) return leftOff(name, `its guest still has the address ${kept} of its source`);
    const spec: vim.VirtualMachineConfigSpec = { deviceChange: cards };
    throwIfAborted(signal, `Connecting '${name}'`);
    const ref = await session.call<"VirtualMachine", "ReconfigVM_Task">(vm, "ReconfigVM_Task", { spec }, { signal });
    await session.task(ref).wait();
    return undefined;
  } catch (error) {
    // The machine is there, whatever is wrong with its cards: that is no reason to say that it is not.
    if (!(error instanceof VsphereError)) throw error;
    return leftOff(name, error.message);
  }
}

export const leftOff = (name: string, why: string): ForkWarning => ({
  code: "LeftDisconnected",
  name,
  message: `The network cards of '${name}' are left disconnected: ${why.replace(/\.$/, "")}. Give it an identity of its own, then connect them.`,
});

/** Waits for something, but neither longer than so many milliseconds nor than a signal lets. */
async function within(work: Promise<void>, ms: number, signal: AbortSignal | undefined): Promise<void> {
  let stop = () => {};
  const over = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    stop = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  signal?.addEventListener("abort", stop, { once: true });
  await Promise.race([work, over]);
  signal?.removeEventListener("abort", stop);
  stop();
}

/** An address of the source's that the fork's guest has not given up in time. */
async function keptAddress(
  session: Session,
  vm: Ref<"VirtualMachine">,
  { addresses }: SourceNetwork,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (addresses.size === 0) return undefined;
  const read = async () => {
    const [row] = await retrieve<"VirtualMachine", Address>(session, [vm], addressPaths, { signal });
    return addressesOf(row?.["guest.ipAddress"], row?.["guest.net"]).find((address) => addresses.has(address));
  };
  let kept = await read();
  if (kept === undefined || timeout <= 0) return kept;
  const over = AbortSignal.timeout(timeout);
  const either = signal ? AbortSignal.any([signal, over]) : over;
  try {
    for await (const _ of session.watch<"VirtualMachine", Address>([vm], addressPaths, { signal: either })) {
      kept = await read();
      if (kept === undefined) break;
    }
  } catch (error) {
    if (!over.aborted) throw error;
  }
  return kept;
}

type Address = "guest.ipAddress" | "guest.net";
const addressPaths: readonly Address[] = ["guest.ipAddress", "guest.net"];
