import { Host } from "../../sdk/host/host.ts";
import type { Report } from "./runner/child.ts";
import { clientOf, forker } from "./runner/forks.ts";

export const group = "fork";

const HISTORY = 20_000;
const LIVE = 100_000;

function residentSet(): number {
  const { gc } = globalThis;
  for (let i = 0; i < 4; i++) gc?.();
  return process.memoryUsage.rss();
}

/** What a live fork holds of the process's memory, once the history of tasks and events is as long as it gets by default. */
export async function run(report: Report): Promise<void> {
  const host = Host.start({ seed: 1 });
  const fork = forker(clientOf(host));
  for (let i = 0; i < HISTORY; i++) fork(`first-${i}`);
  const before = residentSet();
  for (let i = 0; i < LIVE; i++) fork(`desk-${i}`);
  report("fork.bytes_per_vm", (residentSet() - before) / LIVE, "bytes", 2_000);
  // Until here nothing of it may be collected.
  host.close();
}
