import { type Ref, vim } from "../vim/index.ts";

/** A fault that vSphere declares, on its way to the caller or into a task. */
export class HostFault extends Error {
  readonly fault: vim.MethodFault;
  constructor(fault: vim.MethodFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = fault._typeName ?? "MethodFault";
    this.fault = Object.freeze(fault);
  }
  /** As tasks and `missingSet` carry it. */
  get localized(): vim.LocalizedMethodFault {
    return Object.freeze({ fault: this.fault, localizedMessage: this.message });
  }
}

type FaultName = keyof vim.DataTypes;
type Details<N extends FaultName> = Omit<vim.DataTypes[N], "_typeName" | "faultCause" | "faultMessage"> & {
  readonly faultCause?: vim.LocalizedMethodFault;
  readonly faultMessage?: readonly vim.LocalizableMessage[];
};

/** Makes a fault by its vim25 name. The message says what failed, on what, and what to do. */
export function fault<N extends FaultName>(
  type: N,
  details: Details<N>,
  message: string,
  options?: ErrorOptions,
): HostFault {
  const made: unknown = { _typeName: type, ...details };
  if (!vim.is(made, "MethodFault")) throw new TypeError(`${type} is not a fault.`);
  return new HostFault(made, message, options);
}

export const invalidArgument = (path: string, message: string) =>
  fault("InvalidArgument", { invalidProperty: path }, `A specified parameter was not correct: ${path}. ${message}`);

export const notFound = (ref: Ref) =>
  fault(
    "ManagedObjectNotFound",
    { obj: ref },
    `The object '${ref.type}:${ref.value.slice(0, 200)}' has already been deleted or has not been completely created.`,
  );

export const notSupported = (what: string) =>
  fault("NotSupported", {}, `${what} is not supported by the simulated vCenter.`);

export const duplicateName = (name: string, object: Ref<"ManagedEntity">) =>
  fault("DuplicateName", { name, object }, `The name '${name}' already exists. Choose another name.`);

export const invalidState = (message: string) => fault("InvalidState", {}, message);

export const invalidPowerState = (
  existing: vim.VirtualMachinePowerState,
  requested: vim.VirtualMachinePowerState | undefined,
  name: string,
) =>
  fault(
    "InvalidPowerState",
    { existingState: existing, ...(requested === undefined ? {} : { requestedState: requested }) },
    `The attempted operation cannot be performed on '${name}' in its current state (${existing}).`,
  );

/** Anything that is not a fault of ours is our mistake: it travels as SystemError, with its reason. */
export function asFault(error: unknown): HostFault {
  if (error instanceof HostFault) return error;
  const reason = error instanceof Error ? error.message : "something else than an error was thrown";
  return fault("SystemError", { reason }, `The simulated vCenter failed: ${reason}`, { cause: error });
}
