import type { MachineRecord } from "../state/machine-record.ts";
import { baseNameOf } from "./path.ts";

type Home = Pick<MachineRecord, "directory" | "stem">;

/** What the files of a machine are called, before their suffixes: as its directory was when the machine was made. */
export const stemOf = ({ directory, stem }: Home): string => stem ?? baseNameOf(directory);

/** A file of a machine's own, by its suffix: `.vmx`, `.vswp`, `-Snapshot1.vmsn`. */
export const homePath = (machine: Home, suffix: string): string => `${machine.directory}/${stemOf(machine)}${suffix}`;
