import { type ErrorCategory, ErrorRecord, Exception, translateErrors } from "../language/error.ts";

/** An error of the SDK, told by its shape: naming the class would load the SDK before anything needs it. */
interface SdkError extends Error {
  readonly code: string;
  readonly fault: object | undefined;
}

const isSdkError = (error: unknown): error is SdkError =>
  error instanceof Error && error.name === "VsphereError" && "code" in error && typeof error.code === "string";

const categories: Readonly<Record<string, ErrorCategory>> = {
  NotFound: "ObjectNotFound",
  ManagedObjectNotFound: "ObjectNotFound",
  MoreThanOne: "InvalidArgument",
  InvalidArgument: "InvalidArgument",
  InvalidRequest: "InvalidArgument",
  InvalidType: "InvalidType",
  InvalidName: "InvalidArgument",
  DuplicateName: "ResourceExists",
  AlreadyExists: "ResourceExists",
  InvalidLogin: "AuthenticationError",
  NotAuthenticated: "AuthenticationError",
  Closed: "ConnectionError",
  NoPermission: "PermissionDenied",
  NotSupported: "NotImplemented",
  TaskInProgress: "ResourceBusy",
  ResourceInUse: "ResourceBusy",
  NoDiskSpace: "LimitsExceeded",
  InsufficientMemoryResource: "LimitsExceeded",
  InsufficientResourcesFault: "LimitsExceeded",
  Aborted: "OperationStopped",
  RequestCanceled: "OperationStopped",
};

const base = "VMware.VimAutomation.ViCore.Types.V1.ErrorHandling";

/** The record of an error that the SDK threw: PowerCLI's type names, with the fault's own, so that scripts can catch either. */
export function vsphereRecord(error: SdkError): ErrorRecord {
  const exception = new Exception(`${base}.${error.code}`, error.message, {
    alsoKnownAs: [
      `VMware.Vim.${error.code}`,
      `${base}.VimException`,
      "VMware.VimAutomation.Sdk.Types.V1.ErrorHandling.VimException.VimException",
    ],
    data: error.fault === undefined ? {} : { Fault: error.fault },
    cause: error,
  });
  return new ErrorRecord(exception, {
    category: categories[error.code] ?? "InvalidOperation",
    id: error.code,
  });
}

let registered = false;

/** From now on errors of the SDK show as PowerCLI's do. */
export function translateVsphereErrors(): void {
  if (registered) return;
  registered = true;
  translateErrors((error) => (isSdkError(error) ? vsphereRecord(error) : undefined));
}
