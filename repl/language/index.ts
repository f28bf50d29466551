/** The shell's language: PowerShell 7's semantics on JavaScript values. */
export * from "./ast.ts";
export * from "./command.ts";
export * from "./convert.ts";
export * from "./error.ts";
export { Interpreter } from "./interpreter.ts";
export { after, eachInTurn, isPromise, type Maybe } from "./maybe.ts";
export { parse } from "./parse.ts";
export type { InterpreterOptions, RunOptions, RunResult } from "./run/options.ts";
export type { CommandInfo, FunctionInfo, Service, Session, VariableInfo, VariableOptions } from "./session.ts";
export * from "./value.ts";
