import { type FileHandle, lstat, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { VsphereError } from "../errors.ts";

let count = 0;

/**
 * A file that appears under its name when it is whole, in the place of one that may be there. Until then it is beside it under a
 * name of its own; if it is given up, nothing is left.
 */
export class NewFile {
  readonly path: string;
  readonly #temporary: string;
  #handle: FileHandle | undefined;

  private constructor(path: string, temporary: string, handle: FileHandle) {
    this.path = path;
    this.#temporary = temporary;
    this.#handle = handle;
  }

  static async create(path: string): Promise<NewFile> {
    const temporary = join(dirname(path), `.${basename(path)}.${process.pid}-${++count}.tmp`);
    return new NewFile(path, temporary, await attempt(path, open(temporary, "wx")));
  }

  async write(position: number, bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await this.#do((handle) => handle.write(bytes, at, bytes.length - at, position + at));
      at += bytesWritten;
    }
  }

  /** Makes it at least that long; what is added is zero, and a hole where the file system has them. */
  async reach(length: number): Promise<void> {
    const { size } = await this.#do((handle) => handle.stat());
    if (size < length) await this.#do((handle) => handle.truncate(length));
  }

  /** It is whole: it takes its name. */
  async finish(): Promise<void> {
    await this.#do((handle) => handle.close());
    this.#handle = undefined;
    await attempt(this.path, rename(this.#temporary, this.path));
  }

  /** Gives it up, unless it is finished. */
  async discard(): Promise<void> {
    if (!this.#handle) return;
    await this.#handle.close();
    this.#handle = undefined;
    await rm(this.#temporary, { force: true });
  }

  #do<T>(work: (handle: FileHandle) => Promise<T>): Promise<T> {
    if (!this.#handle) throw new Error(`${this.path} has been finished.`);
    return attempt(this.path, work(this.#handle));
  }
}

/** Writes a file by some work, all of it or nothing. */
export async function writeNewFile<T>(path: string, work: (file: NewFile) => Promise<T>): Promise<T> {
  const file = await NewFile.create(path);
  try {
    const result = await work(file);
    await file.finish();
    return result;
  } finally {
    await file.discard();
  }
}

async function attempt<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new VsphereError("FileError", `'${path}' cannot be written: ${why}`, { cause: error });
  }
}

/** Whether something has that name. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}
