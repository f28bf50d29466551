import type { ManagedType, Properties } from "../../vim/index.ts";
import type { Derivation } from "./derivation.ts";

/**
 * The properties of a managed type, each with how it follows from a record. The compiler checks names and types against the
 * schema and wants every property that is not optional there; what is left out is not simulated and always unset.
 */
export type Table<T extends ManagedType, R> = {
  readonly [P in keyof Properties<T>]: Derivation<R, Properties<T>[P]>;
};
