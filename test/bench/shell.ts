import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Report } from "./runner/child.ts";

const program = fileURLToPath(new URL("../../dist/repl/main.js", import.meta.url));
const runs = 21;

export const group = "shell";

/** Wall time of a whole process, in milliseconds. */
function wall(args: readonly string[]): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${args.join(" ")} ended with exit code ${status}: ${stderr}`);
  return ms;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** The two run in turn, so that both meet the same machine; the ratio is taken pair by pair. */
export async function run(report: Report): Promise<void> {
  const ratios: number[] = [];
  const starts: number[] = [];
  for (let i = 0; i <= runs; i++) {
    const bare = wall(["-e", "1"]);
    const shell = wall([program, "-c", "1"]);
    // The first pair warms the file cache.
    if (i === 0) continue;
    ratios.push(shell / bare);
    starts.push(shell);
  }
  report("shell.start_ratio", median(ratios), "x", 4);
  report("shell.start_ms", median(starts), "ms");
}
