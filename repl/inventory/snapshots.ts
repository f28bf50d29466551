import type { Snapshot, SnapshotNode, vim } from "../../sdk/index.ts";
import { scriptError } from "../language/error.ts";
import { type CommandContext, toText, type Value } from "../language/index.ts";
import { machineOf } from "./act.ts";
import { isSnapshot, snapshotKind } from "./kinds/snapshot.ts";
import { readPath } from "./load.ts";
import { enumeration, number } from "./values.ts";
import { VIObject } from "./vi-object.ts";

/** The snapshots of a machine, each after the one that it follows on. */
export async function snapshotsOf(vm: VIObject, signal: AbortSignal): Promise<VIObject[]> {
  const tree = await (await machineOf(vm)).snapshots({ signal });
  if (tree.length === 0) return [];
  const sizes = sizesIn(await readPath(vm, "layoutEx"));
  const found: VIObject[] = [];
  const add = (node: SnapshotNode, parent: VIObject | null): VIObject => {
    const { name, description, created, quiesced, current } = node;
    const children: VIObject[] = [];
    const powerState = enumeration(node.powerState);
    const size = sizes.get(node.snapshot.ref.value) ?? 0;
    const values = { name, description, created, quiesced, current, powerState, vm, parent, children, size };
    const object = new VIObject(snapshotKind, vm.connection, node.snapshot.ref, values);
    found.push(object);
    for (const child of node.children) children.push(add(child, object));
    return object;
  };
  for (const root of tree) add(root, null);
  return found;
}

/** Bytes of the files that a snapshot has to itself: its state and its memory. */
function sizesIn(layout: unknown): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  if (!isLayout(layout)) return sizes;
  const files = new Map((layout.file ?? []).map(({ key, size }) => [key, number(size)]));
  for (const { key, dataKey, memoryKey = -1 } of layout.snapshot ?? [])
    sizes.set(key.value, (files.get(dataKey) ?? 0) + (files.get(memoryKey) ?? 0));
  return sizes;
}

const isLayout = (value: unknown): value is vim.VirtualMachineFileLayoutEx =>
  typeof value === "object" && value !== null && "file" in value && Array.isArray(value.file);

/** The SDK's snapshot behind one of the shell's. */
export async function snapshotOf(object: VIObject): Promise<Snapshot> {
  const { objectOf } = await import("../../sdk/index.ts");
  if (isSnapshot(object.ref)) return objectOf(object.connection.session, object.ref);
  throw scriptError(`'${object.name}' is not a snapshot.`, { category: "InvalidArgument", target: object });
}

/** The machine that one of the shell's snapshots is of. */
export function machineWith(snapshot: VIObject): VIObject {
  const { vm } = snapshot.values;
  if (vm instanceof VIObject) return vm;
  throw scriptError(`'${snapshot.name}' is not a snapshot.`, { category: "InvalidArgument", target: snapshot });
}

/** A snapshot of a machine: an object, or its name. */
export async function snapshotNamed(ctx: CommandContext<unknown>, vm: VIObject, value: Value): Promise<VIObject> {
  const all = await snapshotsOf(vm, ctx.signal);
  const wanted = value instanceof VIObject ? value.ref.value : toText(value).toLowerCase();
  const found = all.filter(
    ({ ref, name }) => ref.value === wanted || (!(value instanceof VIObject) && name.toLowerCase() === wanted),
  );
  const [first] = found;
  if (first && found.length === 1) return first;
  throw scriptError(
    first
      ? `'${vm.name}' has ${found.length} snapshots named '${toText(value)}'. Give the object.`
      : `'${vm.name}' has no snapshot '${toText(value)}'.`,
    { category: first ? "InvalidArgument" : "ObjectNotFound", target: value },
  );
}

/** The snapshots that a command acts on. */
export const snapshotParameter = {
  type: "object[]",
  position: 0,
  mandatory: true,
  pipeline: "value",
  help: "The snapshots, as Get-Snapshot puts them out.",
} as const;

/** Snapshots among a command's arguments; anything else is an error. */
export function snapshotsIn(values: readonly Value[]): VIObject[] {
  return values.map((value) => {
    if (value instanceof VIObject && isSnapshot(value.ref)) return value;
    throw scriptError(`'${toText(value)}' is not a snapshot. Give what Get-Snapshot puts out.`, {
      category: "InvalidArgument",
      target: value,
    });
  });
}
