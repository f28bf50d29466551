/** vim25, typed: all of it, up to API 9.1. */
export type { CheckedPath, PathValue, PropertyPath, Row } from "./path.ts";
export type { ManagedType, Methods, Properties, Ref } from "./ref.ts";
export * as vim from "./vim.ts";
