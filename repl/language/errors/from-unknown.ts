import { ErrorRecord } from "./error-record.ts";
import { Exception } from "./exception.ts";
import { ScriptError } from "./script-error.ts";

/** Makes a record of a foreign error (a vSphere fault, a system error); undefined when it is not of its kind. */
export type ErrorTranslator = (error: unknown) => ErrorRecord | undefined;

const translators: ErrorTranslator[] = [];

/** Registers a translator; the last one registered is asked first. Returns the function that takes it out again. */
export function translateErrors(translator: ErrorTranslator): () => void {
  translators.unshift(translator);
  return () => {
    const at = translators.indexOf(translator);
    if (at >= 0) translators.splice(at, 1);
  };
}

/** The record of anything that was thrown. A JavaScript stack never becomes part of the message. */
export function toErrorRecord(error: unknown): ErrorRecord {
  if (error instanceof ScriptError) return error.record;
  if (error instanceof ErrorRecord) return error;
  for (const translator of translators) {
    const record = translator(error);
    if (record) return record;
  }
  return fromSystem(error);
}

function fromSystem(error: unknown): ErrorRecord {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const make = (type: string, text: string, category: ErrorRecord["category"]) =>
    new ErrorRecord(new Exception(type, text, { cause: error }), { category });
  if (code === "ENOENT") return make("System.IO.FileNotFoundException", message, "ObjectNotFound");
  if (code === "EACCES" || code === "EPERM") {
    return make("System.UnauthorizedAccessException", message, "PermissionDenied");
  }
  if (isStackOverflow(error)) {
    const text = "The script failed due to call depth overflow.";
    return make("System.Management.Automation.ScriptCallDepthException", text, "InvalidOperation");
  }
  if (error instanceof RangeError && /string length|array length/i.test(message)) {
    return make("System.OutOfMemoryException", "The value is too large.", "LimitsExceeded");
  }
  if (error instanceof Error && error.name === "AbortError") {
    return make("System.OperationCanceledException", message, "OperationStopped");
  }
  return make("System.Exception", message, "NotSpecified");
}

export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.startsWith("Maximum call stack");
}
