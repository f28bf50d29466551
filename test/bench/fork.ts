import { Host } from "../../sdk/host/host.ts";
import { rootFolder } from "../../sdk/host/inventory/first.ts";
import type { Ref } from "../../sdk/vim/index.ts";
import type { Report } from "./runner/child.ts";
import { type Client, clientOf, forker } from "./runner/forks.ts";

export const group = "fork";

const WARM = 2_000;
const MEASURED = 20_000;

/** Watches all machines of the inventory, and answers how many updates there are since it was last asked. */
function watcher({ call }: Client): () => Promise<number> {
  const collector: Ref = { type: "PropertyCollector", value: "propertyCollector" };
  const container = { type: "Folder", value: `group-d${rootFolder}` };
  const view = call({ type: "ViewManager", value: "ViewManager" }, "CreateContainerView", {
    container,
    type: ["VirtualMachine"],
    recursive: true,
  });
  const skip = { _typeName: "TraversalSpec", type: "ContainerView", path: "view", skip: false };
  call(collector, "CreateFilter", {
    spec: {
      objectSet: [{ obj: view, skip: true, selectSet: [skip] }],
      propSet: [{ type: "VirtualMachine", pathSet: ["name", "runtime.powerState"] }],
    },
    partialUpdates: false,
  });
  let version = "";
  return async () => {
    const update: unknown = await call(collector, "WaitForUpdatesEx", { version, options: { maxWaitSeconds: 0 } });
    if (typeof update !== "object" || update === null || !("version" in update)) return 0;
    version = String(update.version);
    const filters = "filterSet" in update && Array.isArray(update.filterSet) ? update.filterSet : [];
    return filters.reduce((sum, { objectSet }) => sum + (objectSet?.length ?? 0), 0);
  };
}

const microseconds = () => Number(process.hrtime.bigint()) / 1000;

/** Times of single calls, sorted. */
async function timesOf(count: number, work: (i: number) => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = microseconds();
    await work(i);
    times.push(microseconds() - start);
  }
  return times.sort((a, b) => a - b);
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.floor(sorted.length * share)] ?? Number.NaN;

/** What a whole instant clone costs, told to a client that watches all machines. */
export async function run(report: Report): Promise<void> {
  const host = Host.start({ seed: 1 });
  const client = clientOf(host);
  const fork = forker(client);
  const told = watcher(client);
  for (let i = 0; i < WARM; i++) fork(`warm-${i}`);
  while ((await told()) > 0) {
    // The machines that there are, once.
  }
  const times = await timesOf(MEASURED, async (i) => {
    fork(`desk-${i}`);
    if ((await told()) === 0) throw new Error("the clone was not told of");
  });
  report("fork.task_us", at(times, 0.5), "us", 50);
  report("fork.task_p99_us", at(times, 0.99), "us");
  host.close();

  const plain = Host.start({ seed: 1 });
  const forkPlain = forker(clientOf(plain));
  const alone = await timesOf(MEASURED, (i) => forkPlain(`desk-${i}`));
  report("fork.task_unwatched_us", at(alone, 0.5), "us");
  plain.close();
}
