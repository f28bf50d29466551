import type { Session } from "../session.ts";
import { Task } from "../task/task.ts";
import type { ManagedType, Ref } from "../vim/index.ts";
import { Datastore } from "./datastore.ts";
import { Folder } from "./folder.ts";
import { HostSystem } from "./host-system.ts";
import { ManagedObject, type WireMethods } from "./managed-object.ts";
import { ResourcePool } from "./resource-pool.ts";
import { Snapshot } from "./snapshot.ts";
import { VirtualMachine } from "./virtual-machine.ts";

/** The types that have a class of their own. */
interface Classes {
  readonly VirtualMachine: VirtualMachine;
  readonly HostSystem: HostSystem;
  readonly Datastore: Datastore;
  readonly Folder: Folder;
  readonly ResourcePool: ResourcePool;
  readonly VirtualMachineSnapshot: Snapshot;
  readonly Task: Task;
}

/** The class of objects of a managed type: a pleasant one where there is one, else the wire methods alone. */
export type ObjectOf<T extends ManagedType> = T extends keyof Classes ? Classes[T] : ManagedObject<T> & WireMethods<T>;

const classes = {
  VirtualMachine,
  HostSystem,
  Datastore,
  Folder,
  ResourcePool,
  VirtualMachineSnapshot: Snapshot,
  Task,
} as const;

type AnyClass = new (session: Session, ref: never) => object;
const plain = new Map<ManagedType, AnyClass>();

/** The object for a reference. It costs nothing: nothing is read until something is asked. */
export function objectOf<T extends ManagedType>(session: Session, ref: Ref<T>): ObjectOf<T> {
  const made = hasClass(ref.type) ? classes[ref.type] : plainClass(ref.type);
  // The class was chosen by the reference's own type.
  return new (made as AnyClass)(session, ref as never) as ObjectOf<T>;
}

const hasClass = (type: ManagedType): type is keyof typeof classes => Object.hasOwn(classes, type);

/** A class for a type that has none, which its wire methods are put on. */
function plainClass(type: ManagedType): AnyClass {
  const made = plain.get(type) ?? class extends ManagedObject {};
  plain.set(type, made);
  return made;
}
