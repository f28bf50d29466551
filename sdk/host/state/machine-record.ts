import type { vim } from "../../vim/index.ts";
import type { Making } from "./forks-record.ts";
import type { GuestRecord } from "./guest-record.ts";
import type { Entity } from "./record.ts";
import type { MachineSnapshots } from "./snapshot-record.ts";

export type PowerState = "poweredOn" | "poweredOff" | "suspended";

/**
 * What a machine and its forks have in common. A fork points at the base of its source and never at the source itself: bases
 * do not chain. A base is never changed; to reconfigure a machine is to give it another.
 */
export interface MachineBase {
  readonly numCPU: number;
  readonly coresPerSocket: number;
  readonly memoryMB: number;
  readonly guestId: string;
  readonly guestFullName: string;
  readonly version: string;
  readonly firmware: "bios" | "efi";
  readonly annotation: string;
  /** Controllers, disks and network cards without what is a machine's own: file names, MAC addresses. */
  readonly devices: readonly vim.VirtualDevice[];
  readonly extraConfig: Readonly<Record<string, string>>;
  /** Settings that nothing in the simulator acts on but that read back as they were written. */
  readonly settings: Readonly<MachineSettings>;
}

export interface MachineSettings {
  readonly bootOptions?: vim.VirtualMachineBootOptions;
  readonly cpuHotAddEnabled?: boolean;
  readonly cpuHotRemoveEnabled?: boolean;
  readonly memoryHotAddEnabled?: boolean;
  readonly cpuAllocation?: vim.ResourceAllocationInfo;
  readonly memoryAllocation?: vim.ResourceAllocationInfo;
  readonly tools?: vim.ToolsConfigInfo;
  readonly flags?: vim.VirtualMachineFlagInfo;
  readonly alternateGuestName?: string;
  readonly managedBy?: vim.ManagedByInfo;
}

/** One virtual disk as a machine sees it: the topmost layer of a chain of files. */
export interface MachineDisk {
  /** The device key, 2000 and up. */
  readonly key: number;
  /** The address space in the page store that holds what the guest reads, all layers together. */
  readonly space: number;
  readonly layer: DiskLayer;
  /** Set only where somebody chose it. */
  readonly uuid?: string;
  /** What a running machine's disk goes back to at power off, whatever was written to it meanwhile: only in nonpersistent modes. */
  readonly undo?: { readonly space: number; readonly layer: DiskLayer };
}

/** A disk that lies on a datastore and that no machine has. */
export interface LooseDisk extends MachineDisk {
  /** Bytes, where they are not all of its address space: that has whole pages. */
  readonly capacity?: number;
  /** What it is made to hang from: `lsilogic`. */
  readonly adapter?: string;
}

/** A VMDK file. Layers below the topmost are read-only and shared by every machine forked above them. */
export interface DiskLayer {
  readonly datastore: number;
  /** Path on the datastore, without its name: `golden/golden.vmdk`. */
  readonly path: string;
  readonly parent: DiskLayer | undefined;
  /** Files in the chain, this one included. */
  readonly depth: number;
  /** The capacity of a disk that is not thin: taken from the datastore at once, so that its blocks are charged to nobody. */
  readonly thick: number;
  /** Blocks of 4 KiB in a file that was closed because another was put above it; unset in one that may still be written. */
  readonly blocks?: number;
  /** All of a thick file was written with zeros when it was made; else each block is when it is first written. */
  readonly eager?: true;
}

/** A guest's write found no room, and waits for somebody to say what to do. */
export interface MachineQuestion {
  readonly id: string;
  /** The file that was to be written. */
  readonly file: string;
  /** The memory and the start of the machine that asked: later ones know nothing of it. */
  readonly memory: number;
  readonly booted: number;
}

export interface MachineRecord extends Entity {
  readonly kind: "VirtualMachine";
  readonly base: MachineBase;
  readonly host: number;
  /** 0 for a template, which is in no pool. */
  readonly pool: number;
  /** The datastore of the configuration file. */
  readonly datastore: number;
  /** The machine's directory there: its name, or its name with `_1` behind it where that was taken. */
  readonly directory: string;
  /** What its files are called, where that is not the name of their directory: it was moved. */
  readonly stem?: string;
  readonly template: boolean;
  readonly power: PowerState;
  /** Stopped at its fork point by the guest itself; the power state still says poweredOn. */
  readonly frozen: boolean;
  /** The address space of guest memory, 0 when the machine is off. */
  readonly memory: number;
  /** True for a fork: its swap file holds what it wrote, not its configured memory. */
  readonly forked: boolean;
  readonly disks: readonly MachineDisk[];
  /** Device edits on top of the base, by key (a network card's connection or network). */
  readonly devices: Readonly<Record<number, vim.VirtualDevice>> | undefined;
  /** extraConfig on top of the base: a fork's guestinfo. */
  readonly extraConfig: Readonly<Record<string, string>> | undefined;
  /** Set only where somebody chose them; else they follow from the number (`random.ts`). */
  readonly uuid: string | undefined;
  readonly instanceUuid: string | undefined;
  readonly guest: GuestRecord;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly booted: number;
  /** Counts configuration changes: `config.changeVersion`. */
  readonly changes: number;
  /** The machine it was forked or cloned from, 0 for none; it may be gone. */
  readonly source: number;
  readonly made: Making;
  readonly snapshots: MachineSnapshots | undefined;
  /** What it waits to be told: `machine/question.ts`. */
  readonly question?: MachineQuestion;
  /** The number of the delta that was made last: no two disk files ever have one name. */
  readonly deltas: number;
}
