import type { CallOptions } from "../progress.ts";
import { contents } from "../property/retrieve.ts";
import type { Session } from "../session.ts";
import type { ManagedType, Ref, vim } from "../vim/index.ts";
import { unescapeName } from "./path.ts";

/** An object met on the way along an inventory path. */
export interface Place {
  readonly ref: Ref;
  readonly name: string;
}

const step = (type: ManagedType, path: string): vim.TraversalSpec => ({
  _typeName: "TraversalSpec",
  type,
  path,
  skip: false,
});

/** What lies one level below an object in an inventory path, as govc and PowerCLI show it. */
const below: readonly vim.TraversalSpec[] = [
  step("Folder", "childEntity"),
  step("Datacenter", "vmFolder"),
  step("Datacenter", "hostFolder"),
  step("Datacenter", "datastoreFolder"),
  step("Datacenter", "networkFolder"),
  step("ComputeResource", "host"),
  step("ComputeResource", "resourcePool"),
  step("ResourcePool", "resourcePool"),
  step("ResourcePool", "vm"),
];

/** The children of some objects, in one round trip. */
export async function children(session: Session, parents: readonly Ref[], options: CallOptions): Promise<Place[]> {
  if (parents.length === 0) return [];
  const spec: vim.PropertyFilterSpec = {
    propSet: [{ type: "ManagedEntity", pathSet: ["name"] }],
    objectSet: parents.map((obj) => ({ obj, skip: true, selectSet: below })),
  };
  const found: Place[] = [];
  for await (const { obj, propSet } of contents(session, [spec], options)) {
    const name = propSet?.[0]?.val;
    if (typeof name === "string") found.push({ ref: obj, name: unescapeName(name) });
  }
  return found;
}
