import type { PageStore } from "../cow/page-store.ts";
import { HostFault } from "../faults.ts";
import { noticeConflicts } from "../machine/conflicts.ts";
import { permissionFor } from "../session/permissions.ts";
import { adminRole, systemRoles } from "../session/roles.ts";
import type { User } from "../session/sessions.ts";
import { Draft } from "../state/draft.ts";
import type { Flavour } from "../state/esx-id.ts";
import { emptyState, type State } from "../state/state.ts";
import { build } from "./build.ts";
import { checkDescription } from "./check-description.ts";
import { describeCounts } from "./counts.ts";
import { createRoot } from "./create.ts";
import type { Inventory, InventoryDescription } from "./description.ts";
import { describeEsx } from "./esx.ts";
import { lab } from "./lab.ts";

/** The number of the root folder, `group-d1`: always the first object that is made. */
export const rootFolder = 1;

/** The state that a host begins with: the root folder, its administrators and the inventory asked for. */
export function firstState(
  pages: PageStore,
  seed: number,
  time: number,
  inventory: Inventory | undefined,
  users: readonly User[],
  flavour: Flavour = "vcenter",
): State {
  const tx = new Draft(emptyState(time, systemRoles), pages, seed, time);
  createRoot(tx, flavour);
  tx.permissionTable.set(rootFolder, [
    ...users.flatMap(({ name, role }, i) => {
      const given = role === undefined ? (i === 0 ? adminRole : undefined) : roleOf(role);
      return given === undefined ? [] : [permissionFor(name, { group: false, role: given, propagate: true })];
    }),
    permissionFor("Administrators@vsphere.local", { group: true, role: adminRole, propagate: true }),
  ]);
  try {
    build(tx, rootFolder, flavour === "esx" ? describeEsx(inventory) : describe(inventory));
  } catch (error) {
    if (error instanceof HostFault) throw new RangeError(`inventory: ${error.message}`, { cause: error });
    throw error;
  }
  noticeConflicts(tx);
  return tx.finish(time).state;
}

function roleOf(wanted: string): number {
  const found = systemRoles.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (found) return found.id;
  const names = systemRoles.map(({ name }) => name).join(", ");
  throw new RangeError(`There is no role ${JSON.stringify(wanted)}. There are ${names}.`);
}

function describe(inventory: Inventory | undefined): InventoryDescription {
  if (inventory === undefined) return lab;
  if (!isDescription(inventory)) return describeCounts(inventory);
  checkDescription(inventory);
  return inventory;
}

const isDescription = (inventory: Inventory): inventory is InventoryDescription =>
  typeof inventory === "object" && inventory !== null && Array.isArray(inventory.datacenters);
