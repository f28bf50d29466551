import type { Ref, vim } from "./vim/index.ts";

export interface VsphereErrorOptions {
  readonly fault?: vim.MethodFault;
  readonly task?: Ref<"Task">;
  readonly cause?: unknown;
}

/**
 * The one family of errors of the SDK. `code` is stable: for a fault of vSphere its type name (`DuplicateName`, `InvalidLogin`,
 * `NoPermission`, ...), else one of `SdkErrorCode`. The message says what failed, on which object, and what to do.
 *
 * @example
 * try {
 *   await vc.find.virtualMachine("nobody");
 * } catch (error) {
 *   if (error instanceof VsphereError && error.code === "NotFound") console.log(error.message);
 * }
 */
export class VsphereError extends Error {
  readonly code: string;
  /** What the server sent, where it did. */
  readonly fault: vim.MethodFault | undefined;
  /** The task that failed, where it was one. */
  readonly task: Ref<"Task"> | undefined;

  constructor(code: string, message: string, options: VsphereErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "VsphereError";
    this.code = code;
    this.fault = options.fault;
    this.task = options.task;
  }
}

/** Codes of errors that no server sent. */
export type SdkErrorCode =
  /** A search found nothing. */
  | "NotFound"
  /** A search for exactly one object found several. */
  | "MoreThanOne"
  /** The caller's signal was aborted. */
  | "Aborted"
  /** The session was closed. */
  | "Closed"
  /** The server, or this version of Fargo, cannot do that. */
  | "NotSupported"
  /** An argument is wrong; the message names it. */
  | "InvalidArgument"
  /** There is no way to the server: nothing listens there, it has no such name, the connection broke. */
  | "ConnectionFailed"
  /** The server's certificate is not one to be trusted; the message has its thumbprint. */
  | "UntrustedCertificate"
  /** The server's answer cannot be understood. */
  | "BadAnswer"
  /** A local file cannot be read or written. */
  | "FileError"
  /** The file of a disk is not in order; the message says where. */
  | "BadDisk";

/** Throws `Aborted` if a signal has been. */
export function throwIfAborted(signal: AbortSignal | undefined, what: string): void {
  if (signal?.aborted) throw aborted(signal, what);
}

export const aborted = (signal: AbortSignal, what: string): VsphereError =>
  new VsphereError("Aborted", `${what} was aborted.`, { cause: signal.reason });

/** The error for a fault that a task or a missing property carries. */
export function errorOfFault(localized: vim.LocalizedMethodFault, what: string, task?: Ref<"Task">): VsphereError {
  const code = localized.fault._typeName ?? "MethodFault";
  const message = localized.localizedMessage ?? code;
  return new VsphereError(code, what === "" ? message : `${what}: ${message}`, {
    fault: localized.fault,
    ...(task === undefined ? {} : { task }),
  });
}
