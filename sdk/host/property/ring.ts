import type { Edge, Selection } from "./selection.ts";

/** Properties that lead down the inventory: following any of them again and again never comes back. */
const down: Readonly<Record<string, readonly string[]>> = {
  childEntity: ["Folder"],
  vmFolder: ["Datacenter"],
  hostFolder: ["Datacenter"],
  datastoreFolder: ["Datacenter"],
  networkFolder: ["Datacenter"],
  host: ["ComputeResource", "ClusterComputeResource"],
  resourcePool: ["ComputeResource", "ClusterComputeResource", "ResourcePool"],
  vm: ["HostSystem", "ResourcePool"],
};
const leadsDown = ({ type, path }: Edge) => down[path]?.includes(type) ?? false;
const leadsUp = ({ path }: Edge) => path === "parent";
/** What it leads to does not follow from the object it leaves. */
const leadsElsewhere = ({ path }: Edge) => path === "recentTask";

/**
 * Whether a walk along a selection may come back to where it has been, or depends on more than the objects on the way. Where it
 * does not, what is selected is kept up to date by counting the ways that lead to each object.
 */
export function mayReturn(start: Selection): boolean {
  for (const ring of ringsFrom(start)) {
    const edges = [...ring].flatMap((selection) => selection.edges.filter((edge) => ring.has(edge.next)));
    if (!edges.every(leadsDown) && !edges.every(leadsUp)) return true;
    if ([...ring].some((selection) => selection.edges.some(leadsElsewhere))) return true;
  }
  return false;
}

/** The strongly connected parts of a graph of selections (Tarjan): those that lead to each other are in one. */
function ringsFrom(start: Selection): Set<Selection>[] {
  const numbers = new Map<Selection, number>();
  const open: Selection[] = [];
  const isOpen = new Set<Selection>();
  const rings: Set<Selection>[] = [];
  const visit = (selection: Selection): number => {
    const number = numbers.size;
    let lowest = number;
    numbers.set(selection, number);
    open.push(selection);
    isOpen.add(selection);
    for (const { next } of selection.edges) {
      const known = numbers.get(next);
      if (known === undefined) lowest = Math.min(lowest, visit(next));
      else if (isOpen.has(next)) lowest = Math.min(lowest, known);
    }
    if (lowest === number) {
      const ring = new Set(open.splice(open.lastIndexOf(selection)));
      for (const member of ring) isOpen.delete(member);
      rings.push(ring);
    }
    return lowest;
  };
  visit(start);
  return rings;
}
