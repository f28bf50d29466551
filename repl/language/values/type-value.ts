/** A `[type]` as a value. */
export interface TypeValue {
  readonly kind: "Type";
  /** Full .NET name, e.g. `System.Int32`. */
  readonly fullName: string;
  /** Last part of the name, e.g. `Int32`. */
  readonly name: string;
}
