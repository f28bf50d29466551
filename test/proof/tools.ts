import { spawnSync } from "node:child_process";
import { describe, it } from "vitest";

/** Where Debian has the tools. */
const packages: Readonly<Record<string, string>> = {
  "qemu-img": "qemu-utils",
  e2fsck: "e2fsprogs",
  debugfs: "e2fsprogs",
  xmllint: "libxml2-utils",
  sha256sum: "coreutils",
  tar: "tar",
};

/** Debian keeps some of them where only root looks. */
const env = { ...process.env, PATH: `${process.env.PATH ?? ""}:/usr/sbin:/sbin`, LC_ALL: "C" };

const present = (tool: string): boolean => !spawnSync(tool, ["-V"], { env, stdio: "ignore" }).error;

/** A part of the proof that takes tools. Where one is missing it says so, and what to install, and is skipped. */
export function withTools(tools: readonly string[], name: string, suite: () => void): void {
  const missing = tools.filter((tool) => !present(tool));
  if (missing.length === 0) {
    describe(name, suite);
    return;
  }
  const install = [...new Set(missing.map((tool) => packages[tool] ?? tool))].join(" ");
  const message = `not proven here: ${missing.join(", ")} missing (Debian: apt-get install ${install})`;
  console.warn(`${name}: ${message}`);
  describe(name, () => {
    it.skip(message, () => {});
  });
}

/** Runs a tool and answers what it printed. Throws with all that it said when it fails. */
export function run(tool: string, args: readonly string[], cwd: string): Buffer {
  const { status, stdout, stderr, error } = spawnSync(tool, args, { cwd, env, maxBuffer: 2 ** 28 });
  if (error) throw error;
  if (status === 0) return stdout;
  throw new Error(`${tool} ${args.join(" ")} ended with ${status}:\n${stdout}\n${stderr}`);
}

/** Whether a tool is content, without a word about why not. */
export const succeeds = (tool: string, args: readonly string[], cwd: string): boolean =>
  spawnSync(tool, args, { cwd, env, stdio: "ignore" }).status === 0;

/** A range of an image as `qemu-img map` has it. */
export interface MappedRange {
  readonly start: number;
  readonly length: number;
  readonly depth: number;
  readonly data: boolean;
  readonly zero: boolean;
}

export function mapOf(image: string, cwd: string): readonly MappedRange[] {
  return JSON.parse(run("qemu-img", ["map", "--output=json", image], cwd).toString());
}
