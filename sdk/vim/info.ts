/** What a member, parameter or result holds. */
export interface ValueInfo {
  /** A wire type (`string`, `int`, `anyType`, `ManagedObjectReference`, ...) or the name of a data or enum type. */
  readonly type: string;
  readonly array: boolean;
  /** It may be unset. */
  readonly optional: boolean;
  /** The managed type a `ManagedObjectReference` refers to. */
  readonly ref?: string;
  /** The enum whose values an open string takes: a hint, servers may know more. */
  readonly enum?: string;
  /** The data type whose `key` this string holds. */
  readonly link?: string;
  /** What the string is the name of: `TypeName`, `MethodName` or `PropertyPath`. */
  readonly subject?: string;
}

export interface PropertyInfo extends ValueInfo {
  readonly name: string;
  /** The API version that introduced it, when that is later than its owner's. */
  readonly since?: string;
  /**
   * Optional only because it is younger than its owner: a server that knows it always sends it (VI/JSON calls it
   * required).
   */
  readonly addedLater?: true;
  /** The API version that deprecated it, or `yes`. */
  readonly deprecated?: string;
  /** The privilege it takes to read it; on a parameter, to pass it: then held on the object passed. */
  readonly privilege?: string;
  /** The privilege it takes to change it. */
  readonly writePrivilege?: string;
  /** Never to be shown or logged. */
  readonly secret?: true;
  /** On the wire the element is in `urn:vsan`. */
  readonly vsan?: true;
  /** The type is defined in `urn:vsan`. */
  readonly vsanType?: true;
}

/** What the three kinds of types have in common. */
export interface TypeInfo {
  readonly name: string;
  /** The API version that introduced it, `2.0` being the oldest. */
  readonly since: string;
  readonly deprecated?: string;
  /** The dotted server-side name, such as `vim.vm.ConfigSpec`, where it is known. */
  readonly vmodl?: string;
  /** It belongs to the vSAN API, which moved into `urn:vim25`. */
  readonly vsan?: true;
}

export interface DataInfo extends TypeInfo {
  readonly kind: "data";
  readonly base: DataInfo | undefined;
  /** All of them in wire order, the base's first. */
  readonly properties: readonly PropertyInfo[];
  property(name: string): PropertyInfo | undefined;
  /** It descends from `RuntimeFault`, or else from `MethodFault`. */
  readonly fault: "method" | "runtime" | undefined;
  /** It descends from `Event`. */
  readonly event: boolean;
  /** It has subtypes: a value in a slot of this type needs its `_typeName`. */
  readonly polymorphic: boolean;
}

export interface EnumInfo extends TypeInfo {
  readonly kind: "enum";
  /** All values, in schema order; last those that older clients know but the newest schema does not list. */
  readonly values: readonly string[];
  /** The API version that introduced a value. */
  valueSince(value: string): string;
}

export interface MethodInfo {
  /** The name on the wire, such as `CloneVM_Task`. No two methods of vim25 share one. */
  readonly name: string;
  /** The managed type that declares it. */
  readonly owner: string;
  /** The server-side name, such as `clone`, where it is known. Task description ids are made of it. */
  readonly serverName?: string;
  /** The type of the SOAP request's body, such as `CloneVMRequestType`. */
  readonly request: string;
  readonly params: readonly PropertyInfo[];
  /** `undefined` when it returns nothing. An array that the server leaves out is an empty one. */
  readonly returns: ValueInfo | undefined;
  /** What `Task.info.result` holds when the task has succeeded. */
  readonly taskResult: ValueInfo | undefined;
  /** The declared faults. Any method may also throw a `RuntimeFault`. */
  readonly faults: readonly string[];
  /** The privilege it takes on the object it is called on. */
  readonly privilege: string | undefined;
  readonly since: string;
  /** `vijson`: not callable over SOAP. */
  readonly only?: "vijson";
}

export interface ManagedInfo extends TypeInfo {
  readonly kind: "managed";
  readonly base: ManagedInfo | undefined;
  /** All of them, the base's first. */
  readonly properties: readonly PropertyInfo[];
  property(name: string): PropertyInfo | undefined;
  /** All of them by wire name, with the privilege that applies on this type. */
  readonly methods: ReadonlyMap<string, MethodInfo>;
}
