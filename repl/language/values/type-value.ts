import type { TypeDefinition } from "../types/definition.ts";

/** A `[type]` as a value. */
export class TypeValue {
  readonly definition: TypeDefinition;

  constructor(definition: TypeDefinition) {
    this.definition = definition;
  }

  /** Full .NET name, e.g. `System.Int32`. */
  get fullName(): string {
    return this.definition.fullName;
  }

  /** Last part of the name, e.g. `Int32`. */
  get name(): string {
    const { fullName } = this.definition;
    return fullName.slice(fullName.lastIndexOf(".") + 1);
  }

  /** The accelerator when there is one: `int`. */
  toString(): string {
    return this.definition.accelerator ?? this.definition.fullName;
  }
}
