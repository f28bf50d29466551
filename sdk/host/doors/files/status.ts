import { asFault, HostFault } from "../../faults.ts";
import { HttpError } from "../http-error.ts";
import { isStranger } from "./caller.ts";

/** What HTTP calls what vSphere says. */
const statusOf: Readonly<Record<string, number>> = {
  NotAuthenticated: 401,
  InvalidLogin: 401,
  NoPermission: 403,
  CannotAccessFile: 403,
  FileNotFound: 404,
  InvalidDatastore: 404,
  ManagedObjectNotFound: 404,
  NotADirectory: 404,
  NotFound: 404,
  InvalidDatastorePath: 400,
  FileNameTooLong: 414,
  InvalidArgument: 400,
  InvalidDiskFormat: 400,
  CannotDeleteFile: 409,
  FileAlreadyExists: 409,
  FileLocked: 409,
  InvalidPowerState: 409,
  InvalidState: 409,
  NotAFile: 409,
  TaskInProgress: 409,
  Timedout: 409,
  FileTooLarge: 413,
  LimitExceeded: 429,
  NotSupported: 501,
  NoDiskSpace: 507,
};

/** A vSphere fault as an answer of HTTP; anything else as it is. */
export function inHttp(error: unknown): unknown {
  if (!(error instanceof HostFault) || error.name === "SystemError") return error;
  const headers: Record<string, string> = { "X-Content-Type-Options": "nosniff" };
  if (isStranger(error)) headers["WWW-Authenticate"] = 'Basic realm="VMware HTTP server", charset="UTF-8"';
  // What has no code of its own is for the guest or the machine to settle: the request itself was in order.
  return new HttpError(statusOf[error.name] ?? 409, error.message, headers);
}

/** The name of a fault, for the log. */
export const faultName = (error: unknown): string | undefined =>
  error instanceof HostFault ? asFault(error).name : undefined;
