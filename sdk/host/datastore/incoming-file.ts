import type { PageStore } from "../cow/page-store.ts";
import { fault, invalidState } from "../faults.ts";
import type { Universe } from "../state/universe.ts";
import { record } from "../state/view.ts";
import { requireSpace } from "../storage/space.ts";
import type { FilePlace } from "./place.ts";
import { largestFile, roomOf } from "./user-file.ts";

/** So many bytes come in before it is asked anew whether there is room for them. */
const stride = 64 * 2 ** 20;

/**
 * A file that is on its way to a datastore. Its bytes are kept in the page store as they come: what is left for the end is to put
 * its name into the directory, so that a large file keeps nobody waiting. Close it: what was not taken by then is gone.
 */
export class IncomingFile {
  readonly #universe: Universe;
  readonly #pages: PageStore;
  readonly #place: FilePlace;
  #space = 0;
  #size = 0;
  #asked = 0;

  /** `size`, if it is known, is room that must be there to begin with. */
  constructor(universe: Universe, place: FilePlace, size = 0) {
    this.#universe = universe;
    this.#pages = universe.pages;
    this.#place = place;
    this.#requireRoom(size);
  }

  /** Throws NoDiskSpace, FileTooLarge, or InvalidState when the vCenter was put back to an earlier moment. */
  write(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#requireSame();
    const size = this.#size + chunk.length;
    if (size > this.#asked) this.#requireRoom(size);
    if (this.#space === 0) {
      this.#space = this.#pages.create({ bytes: roomOf(size), owner: this.#place.store.id, account: 0 });
      this.#universe.arrivals.add(this.#space);
    } else if (roomOf(size) > roomOf(this.#size)) this.#pages.grow(this.#space, roomOf(size));
    this.#pages.write(this.#space, this.#size, chunk);
    this.#size = size;
  }

  /** Hands the bytes over: `put` is given their address space, 0 for none, and gives it to the state. */
  take(put: (space: number, size: number) => void): void {
    this.#requireSame();
    put(this.#space, this.#size);
    this.#universe.arrivals.delete(this.#space);
    this.#space = 0;
  }

  close(): void {
    const space = this.#space;
    this.#space = 0;
    if (space === 0 || !this.#universe.arrivals.has(space) || this.#universe.pages !== this.#pages) return;
    this.#universe.arrivals.delete(space);
    this.#pages.release(space);
  }

  #requireSame(): void {
    if (this.#universe.pages !== this.#pages)
      throw invalidState("The vCenter was put back to an earlier moment while the file was on its way.");
  }

  #requireRoom(size: number): void {
    const { view } = this.#universe;
    const { store, path } = this.#place;
    const now = record(view, "Datastore", store.id);
    if (size > largestFile)
      throw fault(
        "FileTooLarge",
        { file: path, datastore: now.name, fileSize: size, maxFileSize: largestFile },
        `'${path}' is larger than a file on '${now.name}' can be.`,
      );
    requireSpace(view, now, roomOf(size), path);
    this.#asked = size + stride;
  }
}
