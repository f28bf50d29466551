import type { vim } from "../../vim/index.ts";
import { invalidArgument } from "../faults.ts";

/** How the files of a disk go to another datastore, and what of them may be shared there. */
export type DiskMoveType = vim.VirtualMachineRelocateDiskMoveOptions;

const known: Readonly<Record<DiskMoveType, true>> = {
  moveAllDiskBackingsAndAllowSharing: true,
  moveAllDiskBackingsAndDisallowSharing: true,
  moveChildMostDiskBacking: true,
  createNewChildDiskBacking: true,
  moveAllDiskBackingsAndConsolidate: true,
};

const isKnown = (name: string): name is DiskMoveType => Object.hasOwn(known, name);

/** The way that a caller names, or the usual one: everything is copied, nothing shared. */
export function moveTypeOf(name: string | undefined, path: string): DiskMoveType {
  if (name === undefined || name === "") return "moveAllDiskBackingsAndDisallowSharing";
  if (isKnown(name)) return name;
  throw invalidArgument(
    path,
    `There is no way to move disks that is called '${name}'. Those there are: ${Object.keys(known).join(", ")}.`,
  );
}

/** True when all files of a disk go along, those that snapshots need too; else only what is topmost is touched. */
export const movesAll = (move: DiskMoveType): boolean => move.startsWith("moveAll");
