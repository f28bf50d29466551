import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DiskBuffer } from "../../../../../sdk/host/guest/files/disk-buffer.ts";
import { OpenedFiles } from "../../../../../sdk/host/guest/files/opened-files.ts";
import { Volume } from "../../../../../sdk/host/guest/files/volume.ts";

const pageBytes = 4096;

/** Whether e2fsprogs is installed: without it, tests that ask it for its opinion are skipped. */
export const hasTools = ["e2fsck", "debugfs"].every((tool) => spawnSync(tool, ["-V"]).error === undefined);

/** A disk in memory, and the files on it: every `change` is mounted, done and unmounted as in a transaction. */
export class GuestDisk {
  readonly size: number;
  readonly pages = new Map<number, Buffer>();
  now = Date.UTC(2026, 0, 1);

  constructor(image: Uint8Array) {
    this.size = image.length;
    for (let page = 0; page * pageBytes < image.length; page++) {
      const bytes = Buffer.from(image.subarray(page * pageBytes, (page + 1) * pageBytes));
      if (bytes.some((byte) => byte !== 0)) this.pages.set(page, bytes);
    }
  }

  read<T>(work: (files: OpenedFiles) => T): T {
    return this.#work(false, work);
  }
  /** What it throws, it has not changed anything. */
  change<T>(work: (files: OpenedFiles) => T): T {
    return this.#work(true, work);
  }

  /** What e2fsck finds wrong; nothing when the filesystem is clean. */
  check(): string {
    return this.#onFile((path) => {
      const { status, stdout, stderr } = spawnSync("e2fsck", ["-fn", path], { encoding: "utf8" });
      return status === 0 ? "" : `${stdout}${stderr}`;
    });
  }

  /** What debugfs prints. */
  debugfs(request: string): Buffer {
    return this.#onFile((path) =>
      execFileSync("debugfs", ["-R", request, path], { stdio: ["ignore", "pipe", "ignore"] }),
    );
  }

  #work<T>(writable: boolean, work: (files: OpenedFiles) => T): T {
    const buffer = new DiskBuffer(this.size, (offset, target) => this.#read(offset, target));
    const volume = new Volume(buffer, this.now, writable);
    const files = new OpenedFiles(volume, buffer, this.now);
    try {
      const result = work(files);
      if (writable) volume.settle();
      for (const [page, bytes] of buffer.pages()) this.pages.set(page, Buffer.from(bytes));
      return result;
    } finally {
      files.close();
      volume.abandon();
    }
  }

  #read(offset: number, target: Uint8Array): void {
    target.fill(0);
    for (let at = 0; at < target.length; ) {
      const from = (offset + at) % pageBytes;
      const length = Math.min(pageBytes - from, target.length - at);
      const page = this.pages.get(Math.floor((offset + at) / pageBytes));
      if (page) target.set(page.subarray(from, from + length), at);
      at += length;
    }
  }

  #onFile<T>(work: (path: string) => T): T {
    const folder = mkdtempSync(join(tmpdir(), "fargo-test-"));
    const path = join(folder, "disk.img");
    const file = openSync(path, "w");
    try {
      ftruncateSync(file, this.size);
      for (const [page, bytes] of this.pages) writeSync(file, bytes, 0, pageBytes, page * pageBytes);
      closeSync(file);
      return work(path);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

/** The code of what a piece of work throws, which must be an error with one. */
export function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Error && "code" in error) return String(error.code);
    throw error;
  }
  throw new Error("It was expected to fail.");
}
