import { VsphereError } from "../errors.ts";
import { type GuestCredentials, guestAuth } from "../guest/credentials.ts";
import { attributesFor, type GuestFile, type GuestFileAttributes, guestFile } from "../guest/file.ts";
import { guestManagers } from "../guest/managers.ts";
import { type GuestProcess, guestProcess } from "../guest/process.ts";
import { programSpec, type RunOptions, type RunResult, runToEnd, type StartOptions } from "../guest/run.ts";
import { receive, requireTransfer, send } from "../guest/transfer.ts";
import type { CallOptions, ProgressOptions } from "../progress.ts";
import type { Methods } from "../vim/index.ts";
import type { VirtualMachine } from "./virtual-machine.ts";

/** A file that is written: what it is to be like, and whether one that is there may be replaced (the default). */
export interface WriteFileOptions extends ProgressOptions, GuestFileAttributes {
  readonly overwrite?: boolean | undefined;
}

/** Where a temporary file goes and what it is called: prefix, something, suffix. */
export interface TemporaryOptions extends CallOptions {
  readonly prefix?: string | undefined;
  readonly suffix?: string | undefined;
  /** Default: the guest's own place for them, `/tmp`. */
  readonly directory?: string | undefined;
}

type Files = Methods<"GuestFileManager">;
type Processes = Methods<"GuestProcessManager">;
/** A method's arguments but for the machine and the account. */
type More<M> = M extends { args: infer A } ? Omit<A, "vm" | "auth"> : never;
type Returns<M> = M extends { returns: infer R } ? R : never;

/** Files listed by one call. */
const page = 1000;

/**
 * What can be done inside a machine's guest, through VMware Tools: files, programs, variables. It takes an account of the guest:
 * the one given to `connect`, or to {@link as}; the machines of the built-in vCenter have `root` with the password `fargo`, which
 * is used where no account was given. Paths are complete paths of the guest.
 *
 * Every method throws `InvalidPowerState` when the machine is off, `GuestOperationsUnavailable` when nothing answers in it (a frozen
 * guest does not), `InvalidGuestLogin` for a wrong account, and `NoPermission`.
 *
 * @example
 * await vm.guest.writeFile("/etc/motd", "Welcome\n");
 * const { stdout } = await vm.guest.run("/bin/cat", ["/etc/motd"]);
 * console.log(stdout);
 */
export class Guest {
  readonly vm: VirtualMachine;
  readonly #credentials: GuestCredentials | undefined;

  constructor(vm: VirtualMachine, credentials: GuestCredentials | undefined = vm.session.guestCredentials) {
    this.vm = vm;
    this.#credentials = credentials;
  }

  /**
   * The same guest as somebody else.
   *
   * @example
   * const asRoot = vm.guest.as({ user: "root", password: "fargo" });
   * console.log((await asRoot.readFile("/etc/shadow")).length);
   */
  as(credentials: GuestCredentials): Guest {
    return new Guest(this.vm, credentials);
  }

  /** Asks whether the account is right; throws `InvalidGuestLogin` when it is not. */
  async validate({ signal }: CallOptions = {}): Promise<void> {
    const { auth } = await guestManagers(this.vm.session, { signal });
    const args = { vm: this.vm.ref, auth: guestAuth(this.#credentials) };
    await this.vm.session.call(auth, "ValidateCredentialsInGuest", args, { signal });
  }

  /**
   * Reads a file.
   *
   * @throws VsphereError `FileNotFound`, `NotAFile`, `CannotAccessFile` when the account may not read it.
   * @example
   * console.log(new TextDecoder().decode(await vm.guest.readFile("/etc/hostname")));
   */
  async readFile(path: string, options: ProgressOptions = {}): Promise<Uint8Array> {
    requireTransfer(this.vm.session);
    const { url, size } = await this.#file("InitiateFileTransferFromGuest", { guestFilePath: path }, options);
    return receive(this.vm.session, url, Number(size), `Reading ${path}`, options);
  }

  /**
   * Writes a file, all of it or nothing; text is written as UTF-8.
   *
   * @throws VsphereError `FileAlreadyExists` with `overwrite: false`, `FileNotFound` when there is no such directory, `NotAFile`,
   * `CannotAccessFile` when the account may not write it, `NoDiskSpace`.
   * @example
   * await vm.guest.writeFile("/usr/local/bin/hello", "#!/bin/sh\necho hello\n", { mode: 0o755 });
   */
  async writeFile(path: string, content: Uint8Array | string, options: WriteFileOptions = {}): Promise<void> {
    requireTransfer(this.vm.session);
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    const args = {
      guestFilePath: path,
      fileAttributes: attributesFor(options),
      fileSize: bytes.length,
      overwrite: options.overwrite ?? true,
    };
    const url = await this.#file("InitiateFileTransferToGuest", args, options);
    await send(this.vm.session, url, bytes, `Writing ${path}`, options);
  }

  /**
   * Lists a directory, by name, without `.` and `..`; `match` is a regular expression for names.
   *
   * @throws VsphereError `FileNotFound`, `NotADirectory`.
   * @example
   * for (const { name, size } of await vm.guest.list("/etc", { match: "^host" })) console.log(name, size);
   */
  async list(path: string, options: CallOptions & { readonly match?: string | undefined } = {}): Promise<GuestFile[]> {
    const base = path.endsWith("/") ? path : `${path}/`;
    const found: GuestFile[] = [];
    for (let index = 0; ; ) {
      const pattern = options.match === undefined ? {} : { matchPattern: options.match };
      const args = { filePath: path, index, maxResults: page, ...pattern };
      const { files = [], remaining } = await this.#file("ListFilesInGuest", args, options);
      for (const info of files) {
        // One file is listed by its whole path.
        if (info.path.startsWith("/")) throw new VsphereError("NotADirectory", `${path} is not a directory.`);
        if (info.path !== "." && info.path !== "..") found.push(guestFile(`${base}${info.path}`, info));
      }
      index += files.length;
      if (remaining <= 0 || files.length === 0) return found;
    }
  }

  /** What a file, a link or a directory is. Throws `FileNotFound`. */
  async stat(path: string, options: CallOptions = {}): Promise<GuestFile> {
    const { files: [first] = [] } = await this.#file("ListFilesInGuest", { filePath: path, maxResults: 1 }, options);
    if (first) return guestFile(path, first);
    throw new VsphereError("BadAnswer", `The server did not say what ${path} is.`);
  }

  /** True when there is something of that path. */
  async exists(path: string, options: CallOptions = {}): Promise<boolean> {
    try {
      await this.stat(path, options);
      return true;
    } catch (error) {
      if (error instanceof VsphereError && (error.code === "FileNotFound" || error.code === "NotADirectory"))
        return false;
      throw error;
    }
  }

  /**
   * Makes a directory; with `parents` also those above it that are not there.
   *
   * @throws VsphereError `FileAlreadyExists`, `FileNotFound`, `CannotAccessFile`.
   * @example
   * await vm.guest.makeDirectory("/srv/www/site", { parents: true });
   */
  async makeDirectory(path: string, options: CallOptions & { readonly parents?: boolean } = {}): Promise<void> {
    const args = { directoryPath: path, createParentDirectories: options.parents ?? false };
    await this.#file("MakeDirectoryInGuest", args, options);
  }

  /** Moves a file or a directory. Only a file that is there, and only with `overwrite`, is replaced. */
  async move(from: string, to: string, options: CallOptions & { readonly overwrite?: boolean } = {}): Promise<void> {
    if ((await this.stat(from, options)).type === "directory") {
      await this.#file("MoveDirectoryInGuest", { srcDirectoryPath: from, dstDirectoryPath: to }, options);
      return;
    }
    const args = { srcFilePath: from, dstFilePath: to, overwrite: options.overwrite ?? false };
    await this.#file("MoveFileInGuest", args, options);
  }

  /** Deletes a file, a link or a directory; with `recursive` also one that is not empty, else that is `DirectoryNotEmpty`. */
  async remove(path: string, options: CallOptions & { readonly recursive?: boolean } = {}): Promise<void> {
    const { recursive = false } = options;
    if ((await this.stat(path, options)).type === "directory")
      await this.#file("DeleteDirectoryInGuest", { directoryPath: path, recursive }, options);
    else await this.#file("DeleteFileInGuest", { filePath: path }, options);
  }

  /** Changes mode, owner or times of a file; behind a symbolic link, of what it leads to. */
  async setAttributes(path: string, wanted: GuestFileAttributes, options: CallOptions = {}): Promise<void> {
    const args = { guestFilePath: path, fileAttributes: attributesFor(wanted) };
    await this.#file("ChangeFileAttributesInGuest", args, options);
  }

  /** Makes an empty file of a name that nothing had, and gives its path. */
  temporaryFile(options: TemporaryOptions = {}): Promise<string> {
    return this.#file("CreateTemporaryFileInGuest", temporaryName(options), options);
  }

  /** Makes an empty directory of a name that nothing had, and gives its path. */
  temporaryDirectory(options: TemporaryOptions = {}): Promise<string> {
    return this.#file("CreateTemporaryDirectoryInGuest", temporaryName(options), options);
  }

  /**
   * Runs a program to its end. Arguments arrive as they are given: no shell looks at them. Aborting the signal ends the program.
   *
   * @throws VsphereError `FileNotFound` when there is no such program, `CannotAccessFile`, `Aborted`.
   * @example
   * const { exitCode, stdout } = await vm.guest.run("/bin/sh", ["-c", "echo $GREETING from $(hostname)"], {
   *   env: { GREETING: "hello" },
   * });
   * console.log(exitCode, stdout);
   */
  run(program: string, args: readonly string[] = [], options: RunOptions = {}): Promise<RunResult> {
    return runToEnd(this, program, args, options);
  }

  /**
   * Starts a program and gives its number, without waiting for what becomes of it: {@link processes} tells. What it puts out goes
   * where `redirection` says, as the shell reads it (` > /tmp/log 2>&1`).
   */
  async start(
    program: string,
    args: readonly string[] = [],
    options: StartOptions & { readonly redirection?: string | undefined } = {},
  ): Promise<number> {
    const spec = programSpec(program, args, options, options.redirection);
    return Number(await this.#process("StartProgramInGuest", { spec }, options));
  }

  /** The guest's processes, and those that have ended a short while ago. */
  async processes(options: CallOptions & { readonly pids?: readonly number[] } = {}): Promise<GuestProcess[]> {
    const { pids } = options;
    const found = await this.#process("ListProcessesInGuest", pids === undefined ? {} : { pids }, options);
    return (found ?? []).map(guestProcess);
  }

  /** Ends a program. Throws `GuestProcessNotFound`, or `GuestPermissionDenied` when it is somebody else's. */
  async kill(pid: number, options: CallOptions = {}): Promise<void> {
    await this.#process("TerminateProcessInGuest", { pid }, options);
  }

  /** The variables that the account's programs find: all, or those named. */
  async environment(
    options: CallOptions & { readonly names?: readonly string[] } = {},
  ): Promise<Record<string, string>> {
    const { names } = options;
    const lines = await this.#process("ReadEnvironmentVariableInGuest", names === undefined ? {} : { names }, options);
    return Object.fromEntries((lines ?? []).map((line) => /^([^=]*)=([\s\S]*)$/.exec(line)?.slice(1) ?? [line, ""]));
  }

  async #file<M extends keyof Files & string>(method: M, more: More<Files[M]>, { signal }: CallOptions) {
    const { files } = await guestManagers(this.vm.session, { signal });
    const args = { vm: this.vm.ref, auth: guestAuth(this.#credentials), ...more };
    // The schema says what these methods take and answer: the transport checks both.
    return (await this.vm.session.transport.call(files, method, args, signal)) as Returns<Files[M]>;
  }

  async #process<M extends keyof Processes & string>(method: M, more: More<Processes[M]>, { signal }: CallOptions) {
    const { processes } = await guestManagers(this.vm.session, { signal });
    const args = { vm: this.vm.ref, auth: guestAuth(this.#credentials), ...more };
    return (await this.vm.session.transport.call(processes, method, args, signal)) as Returns<Processes[M]>;
  }
}

const temporaryName = ({ prefix = "", suffix = "", directory }: TemporaryOptions) => ({
  prefix,
  suffix,
  ...(directory === undefined ? {} : { directoryPath: directory }),
});
