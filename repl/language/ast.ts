/** The syntax tree: one door. Every node has `kind` and its span, `start` and `end`. */
export type * from "./ast/blocks.ts";
export type * from "./ast/expressions.ts";
export type { AssignmentOperator, BinaryOperator, UnaryOperator } from "./ast/operators.ts";
export type * from "./ast/script.ts";
export type * from "./ast/statements.ts";
