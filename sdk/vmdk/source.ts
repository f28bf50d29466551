import { type FileHandle, open } from "node:fs/promises";
import { VmdkError } from "./vmdk-error.ts";

/** A file to be read in any order. */
export interface Source {
  readonly name: string;
  readonly size: number;
  /** Exactly so many bytes. Throws `Truncated` where the file ends before. */
  read(position: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Finds the files that a disk is made of, by the names that they have for each other. */
export interface Directory {
  open(name: string): Promise<Source>;
}

export function requireWithin(source: Pick<Source, "name" | "size">, position: number, length: number): void {
  if (position + length > source.size)
    throw new VmdkError(
      "Truncated",
      source.name,
      `It ends after ${source.size} bytes, where ${length} bytes are expected from ${position} on.`,
    );
}

/** A file of the file system. */
export async function openFile(path: string, name: string): Promise<Source> {
  let handle: FileHandle;
  let size: number;
  try {
    handle = await open(path, "r");
  } catch (error) {
    throw new VmdkError("FileNotFound", name, "It cannot be opened.", { cause: error });
  }
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new VmdkError("NotVmdk", name, "It is not a file.");
    ({ size } = stat);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return {
    name,
    size,
    async read(position, length) {
      requireWithin({ name, size }, position, length);
      const bytes = Buffer.allocUnsafe(length);
      for (let got = 0; got < length; ) {
        const { bytesRead } = await handle.read(bytes, got, length - got, position + got);
        if (bytesRead === 0) throw new VmdkError("Truncated", name, "It became shorter while it was read.");
        got += bytesRead;
      }
      return bytes;
    },
    close: () => handle.close(),
  };
}

/** A file in memory. */
export function sourceOf(name: string, bytes: Uint8Array): Source {
  return {
    name,
    size: bytes.length,
    async read(position, length) {
      requireWithin({ name, size: bytes.length }, position, length);
      return bytes.subarray(position, position + length);
    },
    close: async () => {},
  };
}
