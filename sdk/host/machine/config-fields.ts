import { isDeepStrictEqual } from "node:util";
import type { vim } from "../../vim/index.ts";
import { fault, invalidArgument, invalidPowerState, notSupported } from "../faults.ts";
import type { MachineBase, MachineSettings, PowerState } from "../state/machine-record.ts";
import { guestFullName } from "./guest-os.ts";

type Spec = vim.VirtualMachineConfigSpec;
type Field = keyof Spec;

/** Settings that are kept and read back. Those of `cold` can be changed only while the machine is off. */
const settings = [
  "tools",
  "flags",
  "bootOptions",
  "cpuAllocation",
  "memoryAllocation",
  "alternateGuestName",
  "managedBy",
] as const;
const coldSettings = ["cpuHotAddEnabled", "cpuHotRemoveEnabled", "memoryHotAddEnabled"] as const;
const cold: ReadonlySet<string> = new Set([
  ...coldSettings,
  "version",
  "guestId",
  "firmware",
  "uuid",
  "instanceUuid",
  "numCoresPerSocket",
]);

/** What is done elsewhere: with names, files, devices, UUIDs. */
const elsewhere: ReadonlySet<string> = new Set([
  "_typeName",
  "changeVersion",
  "name",
  "uuid",
  "instanceUuid",
  "extraConfig",
  "deviceChange",
  "files",
]);

/** Fields that are not simulated, with what a machine has all the same: asking for that changes nothing, so it is no error. */
const fixed: Readonly<Record<string, unknown>> = {
  npivTemporaryDisabled: true,
  rebootPowerOff: false,
  virtualICH7MPresent: false,
  virtualSMCPresent: false,
  swapPlacement: "inherit",
  vAssertsEnabled: false,
  changeTrackingEnabled: false,
  maxMksConnections: -1,
  guestAutoLockEnabled: true,
  memoryReservationLockedToMax: false,
  nestedHVEnabled: false,
  vPMCEnabled: false,
  messageBusTunnelEnabled: false,
  migrateEncryption: "opportunistic",
  ftEncryptionMode: "ftEncryptionOpportunistic",
  sevEnabled: false,
};

const isSet = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0);

/** Throws NotSupported, naming the first field that the simulator would have to ignore. */
export function requireSimulated(spec: Spec, path: string): void {
  for (const [field, value] of Object.entries(spec)) {
    if (
      !isSet(value) ||
      elsewhere.has(field) ||
      field in fields ||
      (field in fixed && isDeepStrictEqual(value, fixed[field]))
    )
      continue;
    throw notSupported(`${path}.${field}`);
  }
}

/** Throws InvalidPowerState when something is to change that cannot while the machine is in its power state. */
export function requirePower(spec: Spec, power: PowerState, name: string): void {
  if (power === "poweredOff") return;
  for (const [field, value] of Object.entries(spec)) {
    if (!isSet(value)) continue;
    const always = power === "suspended" ? whileSuspended.has(field) : !cold.has(field);
    if (!always) throw invalidPowerState(power, "poweredOff", name);
  }
}

const whileSuspended: ReadonlySet<string> = new Set([
  "_typeName",
  "changeVersion",
  "name",
  "annotation",
  "extraConfig",
]);

interface Context {
  readonly path: string;
  readonly running: boolean;
}

type Reader<F extends Field> = (base: MachineBase, value: NonNullable<Spec[F]>, context: Context) => MachineBase;

const setting =
  <S extends keyof MachineSettings & Field>(name: S): Reader<S> =>
  (base, value) => ({
    ...base,
    settings: { ...base.settings, [name]: value },
  });

const fields: { readonly [F in Field]?: Reader<F> } = {
  annotation: (base, annotation) => ({ ...base, annotation }),
  version: (base, version, { path }) => {
    if (/^vmx-\d\d$/.test(version)) return { ...base, version };
    throw invalidArgument(`${path}.version`, `'${version}' is not a hardware version, such as vmx-21.`);
  },
  guestId: (base, guestId, { path }) => ({
    ...base,
    guestId,
    guestFullName: guestFullName(guestId, `${path}.guestId`),
  }),
  firmware: (base, firmware, { path }) => {
    if (firmware === "bios" || firmware === "efi") return { ...base, firmware };
    throw invalidArgument(`${path}.firmware`, `It is bios or efi, not '${firmware}'.`);
  },
  numCPUs: (base, numCPU, { path, running }) => {
    if (numCPU < 1 || numCPU > 768)
      throw invalidArgument(`${path}.numCPUs`, `A machine has 1 to 768 processors, not ${numCPU}.`);
    const hot = numCPU > base.numCPU ? base.settings.cpuHotAddEnabled : base.settings.cpuHotRemoveEnabled;
    if (running && numCPU !== base.numCPU && !hot)
      throw fault(
        "CpuHotPlugNotSupported",
        {},
        "CPU hot plug is not enabled for this virtual machine. Power it off first.",
      );
    return { ...base, numCPU };
  },
  numCoresPerSocket: (base, coresPerSocket) => ({ ...base, coresPerSocket }),
  memoryMB: (base, wanted, { path, running }) => {
    const memoryMB = Number(wanted);
    if (!(memoryMB >= 4 && memoryMB <= 24 * 2 ** 20 && memoryMB % 4 === 0))
      throw invalidArgument(`${path}.memoryMB`, `It is a multiple of 4 from 4 to ${24 * 2 ** 20}, not ${memoryMB}.`);
    if (running && memoryMB !== base.memoryMB && !(memoryMB > base.memoryMB && base.settings.memoryHotAddEnabled))
      throw fault(
        "MemoryHotPlugNotSupported",
        {},
        "Memory can only be added, and only where memory hot plug is enabled. Power it off first.",
      );
    return { ...base, memoryMB };
  },
  ...Object.fromEntries([...settings, ...coldSettings].map((name) => [name, setting(name)])),
};

/** A base with what a caller asks for. It is the same one when nothing changes. */
export function applyFields(before: MachineBase, spec: Spec, power: PowerState, path: string): MachineBase {
  const context = { path, running: power === "poweredOn" };
  let base = before;
  const apply = <F extends Field>(field: F, value: Spec[F]) => {
    const reader = fields[field];
    if (reader && value !== undefined && value !== null) base = reader(base, value, context);
  };
  for (const field of Object.keys(fields)) if (isField(field)) apply(field, spec[field]);
  if (base.coresPerSocket < 1 || base.numCPU % base.coresPerSocket !== 0)
    throw invalidArgument(
      `${path}.numCoresPerSocket`,
      `${base.numCPU} processors cannot be divided into sockets of ${base.coresPerSocket}.`,
    );
  const reserved = Number(base.settings.memoryAllocation?.reservation ?? 0);
  if (reserved < 0 || reserved > base.memoryMB)
    throw invalidArgument(
      `${path}.memoryAllocation.reservation`,
      `Of ${base.memoryMB} MB not more than all can be reserved, nor less than nothing: ${reserved} MB.`,
    );
  return isDeepStrictEqual(base, before) ? before : base;
}

const isField = (name: string): name is Field => name in fields;
