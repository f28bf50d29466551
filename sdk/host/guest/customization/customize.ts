import type { vim } from "../../../vim/index.ts";
import { fault } from "../../faults.ts";
import { hideGuest, showGuest } from "../../machine/guest.ts";
import { uuidOf } from "../../random.ts";
import type { Draft } from "../../state/draft.ts";
import { post } from "../../state/event.ts";
import type { GuestRecord } from "../../state/guest-record.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import { record } from "../../state/view.ts";
import { mainAddress, networkOf } from "../identity/network.ts";
import { isRoot } from "../operations/account.ts";
import type { Guest } from "../operations/in-guest.ts";
import { customizedNetwork, writeCustomization } from "./apply.ts";
import { planCustomization } from "./plan.ts";

interface Doer {
  readonly user: string;
  readonly chain: number;
}

/** What customizes a guest is its system's: only root may ask for it. */
export function requireRoot({ account, machine }: Guest): void {
  if (!isRoot(account))
    throw fault("GuestPermissionDenied", {}, `Customizing '${machine.name}' takes root: ${account.name} may not.`);
}

/** A guest becomes what a specification says: its name, its addresses, and what it starts with the next time. */
export function customizeGuest(tx: Draft, by: Doer, guest: Guest, spec: vim.CustomizationSpec): void {
  requireRoot(guest);
  const { machine, files } = guest;
  const wanted = planCustomization(machine, spec);
  const net = customizedNetwork(machine, wanted);
  const machineId = uuidOf(tx.seed ^ tx.now, "instance", machine.id).replaceAll("-", "");
  post(tx, by, "CustomizationStartedEvent", { vm: machine, more: { logLocation: log } });
  writeCustomization(files, machine, wanted, net, machineId, new Date(tx.now).toISOString());
  become(tx, machine.id, (before) => ({
    ...before,
    hostName: wanted.hostName,
    ipAddress: mainAddress(net),
    net,
    cards: undefined,
  }));
  post(tx, by, "CustomizationSucceeded", { vm: machine, more: { logLocation: log } });
}

const log = "/var/log/vmware-gosc";

/** All interfaces come up, as they were set. */
export function startNetwork(tx: Draft, guest: Guest): void {
  requireRoot(guest);
  const before = networkOf(guest.machine);
  if (before.interfaces.every(({ present, up }) => !present || up)) return;
  const net = { ...before, interfaces: before.interfaces.map((known) => ({ ...known, up: known.present })) };
  become(tx, guest.machine.id, (known) => ({ ...known, net, ipAddress: mainAddress(net), cards: undefined }));
}

function become(tx: Draft, id: number, change: (guest: GuestRecord) => GuestRecord): void {
  const before = record(tx, "VirtualMachine", id);
  const after: MachineRecord = { ...before, guest: change(before.guest) };
  hideGuest(tx, before);
  tx.put(after);
  showGuest(tx, after);
}
