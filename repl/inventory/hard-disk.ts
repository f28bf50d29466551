import type { vim } from "../../sdk/index.ts";
import { scriptError } from "../language/error.ts";
import { type Members, type MemberValue, toText, type Value } from "../language/index.ts";
import { readPath } from "./load.ts";
import { GB, idOf, text } from "./values.ts";
import type { VIObject } from "./vi-object.ts";

type Backing = vim.VirtualDiskFlatVer2BackingInfo;

const persistence: Readonly<Record<string, string>> = {
  persistent: "Persistent",
  nonpersistent: "NonPersistent",
  independent_persistent: "IndependentPersistent",
  independent_nonpersistent: "IndependentNonPersistent",
  undoable: "Undoable",
  append: "Append",
};

/** PowerCLI's names of modes, as vSphere has them. */
export function diskModeOf(name: string): string {
  const found = Object.entries(persistence).find(([, known]) => known.toLowerCase() === name.toLowerCase());
  if (found) return found[0];
  throw scriptError(`There is no persistence '${name}'. Those there are: ${Object.values(persistence).join(", ")}.`, {
    category: "InvalidArgument",
    target: name,
  });
}

/** A virtual disk of a machine or a snapshot, as PowerCLI shows it: as it was when it was listed. */
export class HardDisk implements Members {
  readonly typeNames = ["HardDisk", "VirtualDevice"];
  readonly vm: VIObject;
  readonly device: vim.VirtualDisk;
  readonly #properties: Readonly<Record<string, () => Value>>;

  constructor(vm: VIObject, device: vim.VirtualDisk) {
    this.vm = vm;
    this.device = device;
    const bytes = Number(device.capacityInBytes ?? device.capacityInKB * 1024);
    this.#properties = {
      Name: () => this.name,
      CapacityGB: () => bytes / GB,
      CapacityKB: () => bytes / 1024,
      Persistence: () => persistence[this.backing?.diskMode ?? "persistent"] ?? "Unknown",
      StorageFormat: () => formatOf(this.backing),
      Filename: () => this.file,
      DiskType: () => "Flat",
      Parent: () => vm,
      ParentId: () => idOf(vm.ref),
      Id: () => this.id,
    };
  }

  get name(): string {
    return text(this.device.deviceInfo?.label) ?? `Hard disk ${this.device.key - 1999}`;
  }

  get id(): string {
    return `${idOf(this.vm.ref)}/${this.device.key}`;
  }

  get file(): string {
    return this.backing?.fileName ?? "";
  }

  get backing(): Backing | undefined {
    const { backing } = this.device;
    return backing?._typeName === "VirtualDiskFlatVer2BackingInfo" ? backing : undefined;
  }

  member(name: string): MemberValue | undefined {
    const found = this.memberNames().find((known) => known.toLowerCase() === name.toLowerCase());
    const get = found === undefined ? undefined : this.#properties[found];
    return found !== undefined && get ? { name: found, kind: "Property", get } : undefined;
  }

  memberNames(): readonly string[] {
    return Object.keys(this.#properties);
  }

  asText(): string {
    return this.name;
  }
}

const formatOf = (backing: Backing | undefined): string =>
  backing?.thinProvisioned ? "Thin" : backing?.eagerlyScrub ? "EagerZeroedThick" : "Thick";

/** The disks of a machine, in the order of its devices. */
export async function hardDisksOf(vm: VIObject): Promise<HardDisk[]> {
  const devices = await readPath(vm, "config.hardware.device");
  return Array.isArray(devices) ? devices.filter(isDisk).map((device) => new HardDisk(vm, device)) : [];
}

const isDisk = (device: unknown): device is vim.VirtualDisk =>
  typeof device === "object" && device !== null && "_typeName" in device && device._typeName === "VirtualDisk";

/** Disks among a command's arguments; anything else is an error. */
export function hardDisksIn(values: readonly Value[]): HardDisk[] {
  return values.map((value) => {
    if (value instanceof HardDisk) return value;
    throw scriptError(`'${toText(value)}' is not a hard disk. Give what Get-HardDisk puts out.`, {
      category: "InvalidArgument",
      target: value,
    });
  });
}

/** The disks that a command acts on. */
export const hardDiskParameter = {
  type: "object[]",
  position: 0,
  mandatory: true,
  pipeline: "value",
  help: "The disks, as Get-HardDisk puts them out.",
} as const;

/** How a disk takes its room, by PowerCLI's name. */
export const storageFormats = ["Thin", "Thick", "EagerZeroedThick"] as const;

/** What a storage format is in a disk's backing. */
export const formatFields = (name: string) => ({
  thinProvisioned: name.toLowerCase() === "thin",
  eagerlyScrub: name.toLowerCase() === "eagerzeroedthick",
});
