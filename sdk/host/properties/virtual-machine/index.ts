import type { vim } from "../../../vim/index.ts";
import { networksOf } from "../../machine/devices.ts";
import { datastoresOf } from "../../machine/links.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import { link, links, parts } from "../derivation.ts";
import { entity } from "../entity.ts";
import type { Table } from "../table.ts";
import { environmentBrowserOf, iso } from "../values.ts";
import { capability } from "./capability.ts";
import { config, cpuAllocation, memoryAllocation } from "./config.ts";
import { disabledMethods } from "./disabled-methods.ts";
import { guest, guestHeartbeatStatus } from "./guest.ts";
import { layout, layoutEx } from "./layout.ts";
import { runtime } from "./runtime.ts";
import { snapshot } from "./snapshot.ts";
import { storage } from "./storage.ts";
import { summary } from "./summary.ts";

const resourceConfig = parts<MachineRecord, vim.ResourceConfigSpec>({
  entity: link(({ id }) => id),
  changeVersion: ({ changes }) => String(changes),
  lastModified: ({ created }) => iso(created),
  cpuAllocation,
  memoryAllocation,
});

export const virtualMachine: Table<"VirtualMachine", MachineRecord> = {
  ...entity(disabledMethods),
  capability: () => capability,
  config,
  layout,
  layoutEx,
  storage,
  environmentBrowser: environmentBrowserOf,
  resourcePool: link(({ pool }) => pool),
  resourceConfig,
  runtime,
  guest,
  summary,
  datastore: links((machine) => [...datastoresOf(machine)]),
  network: links(networksOf),
  snapshot,
  rootSnapshot: links((machine) => machine.snapshots?.roots ?? []),
  guestHeartbeatStatus,
};
