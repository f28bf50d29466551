import type { FsStat, IFileSystem } from "just-bash";
import { GuestFileError, type GuestStat } from "../files/guest-files.ts";
import type { GuestSession } from "./guest-session.ts";
import { turnFile } from "./internal-names.ts";
import { isVirtual, virtualFile, virtualNames } from "./virtual-files.ts";

/** How many turns of loops are made before everybody else gets one. */
const often = 256;
/** Where the shell looks for its own commands, and where else a system has them. */
const programs = /^\/(?:usr\/)?bin\/([^/]+)$/;
const localPrograms = /^(\/usr\/local\/s?bin)\/([^/]+)$/;
const systemPrograms = /^\/(?:usr\/)?sbin\/([^/]+)$/;

/**
 * A guest's files as the shell wants them. The names of commands are there as files whatever is on the disk; `/proc`, `/sys` and
 * `/dev` are made up as they are read.
 */
export function guestFileSystem(session: () => GuestSession, commands: ReadonlySet<string>): IFileSystem {
  let turns = 0;
  const files = () => session().files;
  const isCommand = (path: string): boolean => commands.has(programs.exec(path)?.[1] ?? "");
  const isSystemCommand = (path: string): boolean => commands.has(systemPrograms.exec(path)?.[1] ?? "");
  const made = (path: string): Uint8Array | undefined => (isVirtual(path) ? virtualFile(session(), path) : undefined);

  const stat = (path: string, follow: boolean): FsStat => {
    const text = made(path);
    if (text) return plain("file", text.length, 0o444, session().now);
    if (isVirtual(path) && virtualNames(session(), path)) return plain("directory", 0, 0o555, session().now);
    if (isCommand(path) || isSystemCommand(path)) return plain("file", 1, 0o755, session().now);
    return statOf(follow ? files().stat(path) : files().linkStat(path));
  };
  const read = (path: string): Uint8Array => made(path) ?? files().readFile(path);
  const write = (path: string, content: string | Uint8Array, append: boolean): void => {
    // What is told to the kernel there means nothing here.
    if (isVirtual(path)) return;
    const { umask } = session();
    files().writeFile(path, bytesOf(content), { append, mode: 0o666 & ~umask });
  };

  /** Everything is there at once; the shell wants promises, and errors as Node's file system words them. */
  const soon = async <T>(path: string, work: () => T): Promise<T> => {
    try {
      return work();
    } catch (error) {
      if (error instanceof GuestFileError) throw worded(error, path);
      throw error;
    }
  };

  return {
    readFile: (path) => soon(path, () => new TextDecoder().decode(read(path))),
    readFileBuffer: (path) => soon(path, () => read(path)),
    writeFile: (path, content) => soon(path, () => write(path, content, false)),
    appendFile: (path, content) => soon(path, () => write(path, content, true)),
    async exists(path) {
      if (path === turnFile) {
        if (++turns % often === 0) await session().turn();
        return true;
      }
      // On its way through PATH the shell is to come to where it knows the command.
      if (isSystemCommand(path)) return false;
      const [, directory, name] = localPrograms.exec(path) ?? [];
      if (directory !== undefined && name !== undefined) return files().namesIn(directory).includes(name);
      return (
        isCommand(path) ||
        (isVirtual(path) && (made(path) !== undefined || virtualNames(session(), path) !== undefined)) ||
        files().exists(path)
      );
    },
    stat: (path) => soon(path, () => stat(path, true)),
    lstat: (path) => soon(path, () => stat(path, false)),
    mkdir: (path, options) => soon(path, () => makeDirectory(session(), path, options?.recursive ?? false)),
    readdir: (path) =>
      soon(path, () => [
        ...((isVirtual(path) ? virtualNames(session(), path) : undefined) ?? files().readDirectory(path)),
      ]),
    rm: (path, { recursive = false, force = false } = {}) =>
      soon(path, () => {
        try {
          files().remove(path, { recursive });
        } catch (error) {
          if (!(force && error instanceof GuestFileError && error.code === "ENOENT")) throw error;
        }
      }),
    cp: (from, to, options) => soon(from, () => copy(session(), from, to, options?.recursive ?? false)),
    mv: (from, to) => soon(from, () => files().rename(from, to)),
    resolvePath: (base, path) => resolvePath(base, path),
    getAllPaths: () => [],
    chmod: (path, mode) => soon(path, () => files().setMode(path, mode & 0o7777)),
    symlink: (target, path) => soon(path, () => files().symlink(target, path)),
    link: (existing, path) => soon(path, () => files().link(existing, path)),
    readlink: (path) => soon(path, () => files().readLink(path)),
    realpath: (path) => soon(path, () => (isVirtual(path) || isCommand(path) ? path : files().realPath(path))),
    utimes: (path, atime, mtime) =>
      soon(path, () => {
        // `touch` takes the real clock where it was told no time.
        void atime;
        void mtime;
        files().setTimes(path, session().now, session().now);
      }),
  };
}

const plain = (type: "file" | "directory", size: number, mode: number, now: number): FsStat => ({
  isFile: type === "file",
  isDirectory: type === "directory",
  isSymbolicLink: false,
  mode,
  size,
  mtime: new Date(now),
});

const statOf = ({ type, mode, size, modified, inode }: GuestStat): FsStat => ({
  isFile: type === "file",
  isDirectory: type === "directory",
  isSymbolicLink: type === "symlink",
  mode,
  size,
  mtime: new Date(modified),
  ino: inode,
});

/** The shell hands over bytes as texts of characters below 256, and texts of others as they are. */
function bytesOf(content: string | Uint8Array): Uint8Array {
  if (typeof content !== "string") return content;
  for (let i = 0; i < content.length; i++) if (content.charCodeAt(i) > 255) return Buffer.from(content, "utf8");
  return Buffer.from(content, "latin1");
}

function makeDirectory({ files, umask }: GuestSession, path: string, recursive: boolean): void {
  files.makeDirectory(path, { recursive, mode: 0o777 & ~umask });
}

function copy(session: GuestSession, from: string, to: string, recursive: boolean): void {
  const { files } = session;
  const { type, mode } = files.stat(from);
  if (type !== "directory") {
    files.writeFile(to, files.readFile(from), { mode });
    return;
  }
  if (!recursive) throw new GuestFileError("EISDIR", from, `'${from}' is a directory.`);
  if (!files.exists(to)) files.makeDirectory(to, { mode });
  for (const name of files.readDirectory(from)) copy(session, `${from}/${name}`, `${to}/${name}`, true);
}

function resolvePath(base: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${base}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

const words: Readonly<Record<string, string>> = {
  ENOENT: "no such file or directory",
  EEXIST: "file already exists",
  ENOTDIR: "not a directory",
  EISDIR: "illegal operation on a directory",
  ENOTEMPTY: "directory not empty",
  ENOSPC: "no space left on device",
  EROFS: "read-only file system",
};

function worded(error: GuestFileError, path: string): Error {
  const text = `${error.code}: ${words[error.code] ?? error.message}, '${path}'`;
  return Object.assign(new Error(text, { cause: error }), { code: error.code });
}
