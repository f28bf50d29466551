import { type Ext2Library, windowBytes } from "./ext2-library.ts";
import { open } from "./open-flags.ts";

/** Where an open file of the library has its position, and from where on it cannot be told one. */
const positionAt = 144;
const mostPosition = 2 ** 32 - 2;
const here = -1;

/** Opens a file, does something with it and closes it. */
export function withFile<T>(
  library: Ext2Library,
  filesystem: number,
  path: string,
  flags: number,
  work: (file: number) => T,
  mode = 0,
): T {
  const file = library.callWith([path], (at) => library.call("node_ext2fs_open", filesystem, at, flags, mode));
  // When the work fails, whatever else is done with this filesystem begins with mounting it again.
  const result = work(file);
  library.call("node_ext2fs_close", file);
  return result;
}

/** Fills a target from a position on; answers how many bytes there were. */
export function readAt(library: Ext2Library, file: number, position: number, target: Uint8Array): number {
  let done = 0;
  while (done < target.length) {
    const wanted = Math.min(windowBytes, target.length - done);
    const from = seek(library, file, position + done);
    const got = library.call("node_ext2fs_read", file, open.noAccessTime, library.windowAt, wanted, from);
    if (got === 0) break;
    target.set(library.window.subarray(0, got), done);
    done += got;
  }
  return done;
}

/** Writes bytes and sets the time of the change, also when there are none. */
export function writeAt(library: Ext2Library, file: number, position: number, bytes: Uint8Array): void {
  let done = 0;
  do {
    const part = bytes.subarray(done, done + windowBytes);
    library.window.set(part);
    const from = seek(library, file, position + done);
    const written = library.call(
      "node_ext2fs_write",
      file,
      open.write | open.create,
      library.windowAt,
      part.length,
      from,
    );
    if (written < part.length && written === 0) throw new Error("The library writes nothing and does not say why.");
    done += written;
  } while (done < bytes.length);
}

/** The library takes positions of 32 bits only: beyond, its own is set. */
function seek(library: Ext2Library, file: number, position: number): number {
  if (position <= mostPosition) return position;
  new DataView(library.memory).setBigUint64(file + positionAt, BigInt(position), true);
  return here;
}
