import type { vim } from "../vim/index.ts";

/** A fault that vSphere declares, on its way to the caller or into a task. */
export class HostFault extends Error {
  readonly fault: Readonly<Record<string, unknown>> & { readonly _typeName: string };
  constructor(fault: Readonly<Record<string, unknown>> & { readonly _typeName: string }, message: string) {
    super(message);
    this.name = fault._typeName;
    this.fault = Object.freeze(fault);
  }
  /** As tasks and `missingSet` carry it. */
  get localized(): vim.LocalizedMethodFault {
    return Object.freeze({ fault: this.fault, localizedMessage: this.message });
  }
}

/** Makes a fault by its vim25 name. The message says what failed, on what, and what to do. */
export function fault(type: string, properties: Readonly<Record<string, unknown>>, message: string): HostFault {
  return new HostFault({ _typeName: type, ...properties }, message);
}

export const invalidArgument = (path: string, message: string) =>
  fault("InvalidArgument", { invalidProperty: path }, `A specified parameter was not correct: ${path}. ${message}`);

export const notFound = (ref: { readonly type: string; readonly value: string }) =>
  fault(
    "ManagedObjectNotFound",
    { obj: ref },
    `The object '${ref.type}:${ref.value}' has already been deleted or has not been completely created.`,
  );

export const notSupported = (what: string) =>
  fault("NotSupported", {}, `${what} is not supported by the simulated vCenter.`);

export const duplicateName = (name: string, object: { readonly type: string; readonly value: string }) =>
  fault("DuplicateName", { name, object }, `The name '${name}' already exists. Choose another name.`);

export const invalidState = (message: string) => fault("InvalidState", {}, message);

export const invalidPowerState = (existing: string, requested: string | undefined, name: string) =>
  fault(
    "InvalidPowerState",
    { existingState: existing, ...(requested === undefined ? {} : { requestedState: requested }) },
    `The attempted operation cannot be performed on '${name}' in its current state (${existing}).`,
  );

/** Anything that is not a fault of ours is our mistake: it travels as SystemError, with its reason. */
export function asFault(error: unknown): HostFault {
  if (error instanceof HostFault) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const wrapped = fault("SystemError", { reason }, `The simulated vCenter failed: ${reason}`);
  wrapped.cause = error;
  return wrapped;
}
