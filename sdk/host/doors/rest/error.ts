import { dataType } from "../../../vim/schema.ts";
import type { HostFault } from "../../faults.ts";

/** The kinds of errors that the REST API knows, with the status that each has below /api. */
const statuses = {
  ALREADY_EXISTS: 400,
  ALREADY_IN_DESIRED_STATE: 400,
  CANCELED: 400,
  ERROR: 500,
  INTERNAL_SERVER_ERROR: 500,
  INVALID_ARGUMENT: 400,
  INVALID_REQUEST: 400,
  NOT_ALLOWED_IN_CURRENT_STATE: 400,
  NOT_FOUND: 404,
  OPERATION_NOT_FOUND: 404,
  RESOURCE_BUSY: 500,
  RESOURCE_IN_USE: 400,
  RESOURCE_INACCESSIBLE: 500,
  SERVICE_UNAVAILABLE: 503,
  TIMED_OUT: 504,
  UNABLE_TO_ALLOCATE_RESOURCE: 500,
  UNAUTHENTICATED: 401,
  UNAUTHORIZED: 403,
  UNSUPPORTED: 400,
} as const;

export type ErrorType = keyof typeof statuses;

/** What a request of the REST API ends with when it does not succeed. */
export class RestError extends Error {
  readonly type: ErrorType;
  readonly id: string;
  constructor(type: ErrorType, message: string, id = `com.vmware.vapi.std.errors.${type.toLowerCase()}`) {
    super(message);
    this.name = "RestError";
    this.type = type;
    this.id = id;
  }
  get status(): number {
    return statuses[this.type];
  }
}

const kinds: Readonly<Record<string, ErrorType>> = {
  NotAuthenticated: "UNAUTHENTICATED",
  InvalidLogin: "UNAUTHENTICATED",
  NoPermission: "UNAUTHORIZED",
  ManagedObjectNotFound: "NOT_FOUND",
  NotFound: "NOT_FOUND",
  FileNotFound: "NOT_FOUND",
  DuplicateName: "ALREADY_EXISTS",
  AlreadyExists: "ALREADY_EXISTS",
  FileAlreadyExists: "ALREADY_EXISTS",
  InvalidArgument: "INVALID_ARGUMENT",
  InvalidName: "INVALID_ARGUMENT",
  InvalidType: "INVALID_ARGUMENT",
  InvalidRequest: "INVALID_ARGUMENT",
  InvalidPowerState: "NOT_ALLOWED_IN_CURRENT_STATE",
  CpuHotPlugNotSupported: "NOT_ALLOWED_IN_CURRENT_STATE",
  MemoryHotPlugNotSupported: "NOT_ALLOWED_IN_CURRENT_STATE",
  InvalidState: "NOT_ALLOWED_IN_CURRENT_STATE",
  NotSupported: "UNSUPPORTED",
  MethodNotFound: "OPERATION_NOT_FOUND",
  ToolsUnavailable: "SERVICE_UNAVAILABLE",
  ResourceInUse: "RESOURCE_IN_USE",
  TaskInProgress: "RESOURCE_BUSY",
  ConcurrentAccess: "RESOURCE_BUSY",
  RequestCanceled: "CANCELED",
  NoDiskSpace: "UNABLE_TO_ALLOCATE_RESOURCE",
  InsufficientMemoryResourcesFault: "UNABLE_TO_ALLOCATE_RESOURCE",
  InsufficientCpuResourcesFault: "UNABLE_TO_ALLOCATE_RESOURCE",
  InsufficientResourcesFault: "UNABLE_TO_ALLOCATE_RESOURCE",
  LimitExceeded: "UNABLE_TO_ALLOCATE_RESOURCE",
  SystemError: "INTERNAL_SERVER_ERROR",
};

/** A fault of vim25 as the REST API tells it. */
export function restError({ fault, message, name }: HostFault): RestError {
  const id = `com.vmware.vim25.${name}`;
  if ("existingState" in fault && "requestedState" in fault && fault.existingState === fault.requestedState) {
    return new RestError("ALREADY_IN_DESIRED_STATE", message, id);
  }
  return new RestError(kindOf(name), message, id);
}

/** That of the fault, or of the nearest above it that has one. */
function kindOf(fault: string): ErrorType {
  for (let type = dataType(fault); type; type = type.base) {
    const kind = kinds[type.name];
    if (kind) return kind;
  }
  return "ERROR";
}

export const invalid = (message: string) => new RestError("INVALID_ARGUMENT", message);

/** The body of an error: below /api it has its type as a member, below /rest as a class. */
export function errorBody({ type, message, id }: RestError, legacy: boolean): string {
  const messages = [{ id, default_message: message, args: [] }];
  return JSON.stringify(
    legacy
      ? { type: `com.vmware.vapi.std.errors.${type.toLowerCase()}`, value: { messages } }
      : { error_type: type, messages },
  );
}
