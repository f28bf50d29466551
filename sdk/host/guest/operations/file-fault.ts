import type { HostFault } from "../../faults.ts";
import { fault } from "../../faults.ts";
import { GuestFileError } from "../files/guest-files.ts";

/** vSphere's fault for what a guest's filesystem answered, as VMware Tools translate Linux's error numbers. */
export function fileFault({ code, path, message }: GuestFileError, machine: string): HostFault {
  const where = `in the guest of '${machine}'`;
  const file = { file: path };
  switch (code) {
    case "ENOENT":
      return fault("FileNotFound", file, `There is no '${path}' ${where}.`);
    case "EEXIST":
      return fault("FileAlreadyExists", file, `'${path}' exists already ${where}.`);
    case "ENOTDIR":
      return fault("NotADirectory", file, `'${path}' is not a directory, or leads through what is none, ${where}.`);
    case "EISDIR":
      return fault("NotAFile", file, `'${path}' is a directory, not a file, ${where}.`);
    case "ENOTEMPTY":
      return fault("DirectoryNotEmpty", file, `'${path}' is not empty ${where}.`);
    case "ENAMETOOLONG":
      return fault("FileNameTooLong", file, `The name '${path.slice(0, 100)}...' is too long ${where}.`);
    case "EACCES":
    case "EROFS":
      return fault("CannotAccessFile", file, `Unable to access '${path}' (${message}) ${where}.`);
    case "EPERM":
      return fault("GuestPermissionDenied", {}, `The account used may not do that ${where}: ${message}`);
    case "ENOSPC":
      return fault("NoDiskSpace", { file: path, datastore: "" }, `There is no room for '${path}' ${where}.`);
    case "EFBIG":
      return fault(
        "FileTooLarge",
        { file: path, datastore: "", fileSize: 0 },
        `'${path}' would be too large ${where}.`,
      );
    case "EMEDIUMTYPE":
    case "ENXIO":
    case "EUCLEAN":
      return fault("GuestOperationsUnavailable", {}, `Nothing answers ${where}: ${message}`);
    default:
      return fault("FileFault", file, `'${path}': ${message} (${code}) ${where}.`);
  }
}

/** Does some work with a guest's files; what goes wrong with them is a fault of vSphere's. */
export function withFileFaults<T>(machine: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof GuestFileError) throw fileFault(error, machine);
    throw error;
  }
}
