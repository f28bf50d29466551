import { duplicateName, invalidState } from "../faults.ts";
import type { Draft } from "./draft.ts";
import { refOf } from "./id.ts";
import type { FolderRecord, InventoryRecord, PoolRecord } from "./record.ts";
import type { View } from "./view.ts";

/** Parents whose children have names of their own: hosts and root pools hang from compute resources, which need no index. */
type NamingParent = FolderRecord | PoolRecord;

const naming = (parent: InventoryRecord | undefined): parent is NamingParent =>
  parent?.kind === "Folder" || parent?.kind === "ResourcePool";

/** Throws DuplicateName when a parent has a child of that name, other than the one that may keep it. */
export function requireFree(view: View, parent: number, name: string, except = 0): void {
  const holder = view.object(parent);
  const taken = naming(holder) ? holder.names.get(name) : undefined;
  if (taken === undefined || taken === except) return;
  const other = view.object(taken);
  // Snapshots have names, but not in a folder.
  if (other && other.kind !== "VirtualMachineSnapshot") throw duplicateName(name, refOf(other));
}

/** Adds a record and makes it known to its parent. The name must be free. */
export function insert(tx: Draft, added: InventoryRecord): void {
  requireFree(tx, added.parent, added.name);
  tx.put(added);
  attach(tx, added);
}

/** Takes a record, which must have no children, out of the inventory. */
export function remove(tx: Draft, gone: InventoryRecord): void {
  detach(tx, gone);
  tx.remove(gone.id);
  tx.permissionTable.delete(gone.id);
}

export function rename<R extends InventoryRecord>(tx: Draft, renamed: R, name: string): R {
  if (name === renamed.name) return renamed;
  requireFree(tx, renamed.parent, name, renamed.id);
  detach(tx, renamed);
  const next = { ...renamed, name };
  tx.put(next);
  attach(tx, next);
  return next;
}

/** Moves an entity to another folder or pool. */
export function move<R extends InventoryRecord>(tx: Draft, moved: R, parent: number): R {
  if (parent === moved.parent) return moved;
  if (isBelow(tx, parent, moved.id)) throw invalidState(`'${moved.name}' cannot be moved into itself.`);
  requireFree(tx, parent, moved.name);
  detach(tx, moved);
  const next = { ...moved, parent };
  tx.put(next);
  attach(tx, next);
  return next;
}

function attach(tx: Draft, child: InventoryRecord): void {
  const parent = tx.object(child.parent);
  if (parent?.kind === "Folder") {
    tx.put({ ...parent, children: parent.children.set(child.id, true), names: parent.names.set(child.name, child.id) });
  } else if (parent?.kind === "ResourcePool" && child.kind === "ResourcePool") {
    tx.put({ ...parent, pools: parent.pools.set(child.id, true), names: parent.names.set(child.name, child.id) });
  }
}

function detach(tx: Draft, child: InventoryRecord): void {
  const parent = tx.object(child.parent);
  if (!naming(parent)) return;
  const names = parent.names.delete(child.name);
  if (parent.kind === "Folder") tx.put({ ...parent, names, children: parent.children.delete(child.id) });
  else tx.put({ ...parent, names, pools: parent.pools.delete(child.id) });
}

/** Whether an object is another one or below it. */
export function isBelow(view: View, id: number, above: number): boolean {
  let at = id;
  while (at !== 0 && at !== above) at = view.object(at)?.parent ?? 0;
  return at !== 0;
}

/** The datacenter that an entity is in, if it is in one. */
export function datacenterOf(view: View, id: number): number {
  for (let at = view.object(id); at; at = view.object(at.parent)) if (at.kind === "Datacenter") return at.id;
  return 0;
}
