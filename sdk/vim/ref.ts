import type { ManagedMethods, ManagedProperties, ManagedSubtypes } from "./generated/managed/index.ts";

/** The wire name of a managed object type: `"VirtualMachine"`, `"Folder"`, ... */
export type ManagedType = keyof ManagedSubtypes;

/**
 * A reference to a managed object of type `T` or one of its subtypes. A `Ref<"VirtualMachine">` is a
 * `Ref<"ManagedEntity">`, not the other way round.
 *
 * ```ts
 * const vm: Ref<"VirtualMachine"> = { type: "VirtualMachine", value: "vm-7" };
 * ```
 */
export type Ref<T extends ManagedType = ManagedType> = RefTo<ManagedSubtypes[T]>;

interface RefTo<Name extends ManagedType> {
  /** The concrete type. */
  readonly type: Name;
  /** The id on its server, such as `vm-7`. */
  readonly value: string;
}

/** The properties of a managed object type, inherited ones included. */
export type Properties<T extends ManagedType> = ManagedProperties[T];

/**
 * The methods of a managed object type by wire name, inherited ones included. Each says what it takes and gives:
 * `Methods<"VirtualMachine">["CloneVM_Task"]["args"]` (`returns`; `result` is what the task it started leaves in
 * `Task.info.result`). A method that returns an array gives an empty one where the server sends nothing: on the wire
 * the two are the same.
 */
export type Methods<T extends ManagedType> = ManagedMethods[T];
