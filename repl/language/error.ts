/** Errors of the language: one door. */
export { CATEGORIES, type ErrorCategory } from "./errors/category.ts";
export { type ErrorOptions, ErrorRecord } from "./errors/error-record.ts";
export { Exception, type ExceptionOptions } from "./errors/exception.ts";
export { type ErrorTranslator, isStackOverflow, toErrorRecord, translateErrors } from "./errors/from-unknown.ts";
export { Position, Source, type Span } from "./errors/position.ts";
export { type Reach, ScriptError, scriptError } from "./errors/script-error.ts";
