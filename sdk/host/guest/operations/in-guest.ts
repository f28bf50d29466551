import type { Ref, vim } from "../../../vim/index.ts";
import type { Core } from "../../core.ts";
import { fault, invalidPowerState } from "../../faults.ts";
import { resolveKind } from "../../inventory/lookup.ts";
import { toolsRunning } from "../../machine/guest.ts";
import type { Draft } from "../../state/draft.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import type { View } from "../../state/view.ts";
import { changeGuestFiles, GuestFileError, type GuestFiles, readGuestFiles } from "../files/guest-files.ts";
import type { Account } from "./account.ts";
import { requireEnabled } from "./enabled.ts";
import { fileFault, withFileFaults } from "./file-fault.ts";
import { filesAs } from "./files-as.ts";
import { login } from "./login.ts";

/** Who asks what of which guest. */
export interface Asked {
  readonly vm: Ref<"VirtualMachine">;
  readonly auth: vim.GuestAuthentication;
}

/** A guest that runs, as somebody who has an account there. */
export interface Guest {
  readonly machine: MachineRecord;
  readonly account: Account;
  /** The guest's files as that account may use them. */
  readonly files: GuestFiles;
  /** The same as root: for what the guest's own services do. */
  readonly all: GuestFiles;
}

/** Throws InvalidPowerState or GuestOperationsUnavailable unless something answers in a machine. */
export function requireGuest(machine: MachineRecord): void {
  if (machine.power !== "poweredOn") throw invalidPowerState(machine.power, "poweredOn", machine.name);
  if (toolsRunning(machine)) return;
  const why = machine.frozen
    ? "the guest is frozen at its fork point. Ask a fork of it"
    : "VMware Tools do not run in the guest";
  throw fault(
    "GuestOperationsUnavailable",
    {},
    `The guest operations agent of '${machine.name}' does not answer: ${why}.`,
  );
}

/** Looks at something in a guest. `method` is the name by which the guest may have disabled it. */
export function readInGuest<T>(
  core: Core,
  { vm, auth }: Asked,
  method: string,
  work: (guest: Guest & { readonly view: View }) => T,
): T {
  const { view } = core.universe;
  const machine = resolveKind(view, "VirtualMachine", vm);
  requireGuest(machine);
  return withFileFaults(machine.name, () =>
    readGuestFiles(view, machine, (files) => work({ view, ...enter(files, machine, auth, method) })),
  );
}

/** Changes something of a guest, in one transaction, and none of its files: its disk is not so much as touched. */
export const actInGuest = <T>(core: Core, asked: Asked, method: string, work: (guest: Changing) => T): T =>
  core.universe.transact((tx) => actNow(tx, asked, method, work));

/** Changes files of a guest, in one transaction. */
export const changeInGuest = <T>(core: Core, asked: Asked, method: string, work: (guest: Changing) => T): T =>
  core.universe.transact((tx) => changeNow(tx, asked, method, work));

type Changing = Guest & { readonly tx: Draft };

/** The same in a transaction that is under way. */
export function actNow<T>(tx: Draft, { vm, auth }: Asked, method: string, work: (guest: Changing) => T): T {
  const machine = resolveKind(tx, "VirtualMachine", vm);
  requireGuest(machine);
  return withFileFaults(machine.name, () =>
    readGuestFiles(tx, machine, (files) => work({ tx, ...enter(files, machine, auth, method) })),
  );
}

export function changeNow<T>(tx: Draft, { vm, auth }: Asked, method: string, work: (guest: Changing) => T): T {
  const machine = resolveKind(tx, "VirtualMachine", vm);
  requireGuest(machine);
  return withFileFaults(machine.name, () =>
    changeGuestFiles(tx, machine.id, (files) => work({ tx, ...enter(files, machine, auth, method) })),
  );
}

function enter(files: GuestFiles, machine: MachineRecord, auth: vim.GuestAuthentication, method: string): Guest {
  const account = admit(files, machine, auth);
  requireEnabled(files, method, machine.name);
  return { machine, account, files: filesAs(files, account), all: files };
}

/** A guest whose accounts cannot be read lets nobody in, and what is asked has nothing to do with why. */
function admit(files: GuestFiles, machine: MachineRecord, auth: vim.GuestAuthentication): Account {
  try {
    return login(files, auth, machine.name);
  } catch (error) {
    if (!(error instanceof GuestFileError)) throw error;
    const { message } = fileFault(error, machine.name);
    throw fault("GuestOperationsUnavailable", {}, `No account can be checked: ${message}`, { cause: error });
  }
}
