/**
 * The namespace `vim`: every vim25 data, fault, event and enum type by its wire name, and the functions on their
 * values.
 */
export { edit, type Mutable } from "./edit.ts";
export type { DataTypes } from "./generated/data-types.ts";
export type * from "./generated/index.ts";
export { is } from "./is.ts";
