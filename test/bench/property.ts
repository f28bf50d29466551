import { Host } from "../../sdk/host/index.ts";
import type { Ref, vim } from "../../sdk/vim/index.ts";

export const group = "property";

const MACHINES = 10_000;
const RUNS = 7;

/** A client of a host with so many machines, all running. */
function client() {
  const inventory = { clusters: 4, hosts: 8, standaloneHosts: 0, machines: MACHINES / 4 };
  const host = Host.start({ seed: 1, inventory });
  const connection = host.connect({ loggedIn: true, userAgent: "bench" });
  const call = (ref: Ref, method: string, args: Readonly<Record<string, unknown>> = {}) =>
    host.call(connection, ref, method, args);
  const content = call(
    { type: "ServiceInstance", value: "ServiceInstance" },
    "RetrieveServiceContent",
  ) as vim.ServiceContent;
  const view = call(content.viewManager as Ref, "CreateContainerView", {
    container: content.rootFolder,
    type: ["VirtualMachine"],
    recursive: true,
  }) as Ref;
  return { host, call, collector: content.propertyCollector, view };
}

const spec = (view: Ref, pathSet: readonly string[]) => ({
  propSet: [{ type: "VirtualMachine", pathSet }],
  objectSet: [
    { obj: view, skip: true, selectSet: [{ _typeName: "TraversalSpec", type: "ContainerView", path: "view" }] },
  ],
});

const microseconds = () => Number(process.hrtime.bigint()) / 1000;

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
};

/** What reading ten thousand machines costs, and what it costs to be told of one change among them. */
export async function run(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const { host, call, collector, view } = client();

  const rate = (paths: readonly string[]): number => {
    const times: number[] = [];
    for (let i = 0; i <= RUNS; i++) {
      const start = microseconds();
      const answer = call(collector, "RetrievePropertiesEx", { specSet: [spec(view, paths)], options: {} });
      times.push(microseconds() - start);
      if ((answer as vim.RetrieveResult).objects.length !== MACHINES) throw new Error("not all machines were read");
    }
    return MACHINES / (median(times.slice(1)) / 1e6);
  };
  report("property.retrieve.two", rate(["name", "runtime.powerState"]), "objects/s");
  report("property.retrieve.four", rate(["name", "runtime.powerState", "config.hardware", "guest"]), "objects/s");
  report("property.retrieve.stats", rate(["summary.quickStats", "summary.storage"]), "objects/s");

  call(collector, "CreateFilter", { spec: spec(view, ["name", "runtime.powerState"]), partialUpdates: false });
  let start = microseconds();
  let set = call(collector, "CheckForUpdates", { version: "" }) as vim.UpdateSet;
  report("property.filter.first_ms", (microseconds() - start) / 1000, "ms");
  const machine = set.filterSet?.[0]?.objectSet?.[17]?.obj as Ref;
  const latency: number[] = [];
  const work: number[] = [];
  for (let i = 0; i < 200; i++) {
    const next = call(collector, "WaitForUpdatesEx", { version: set.version, options: { maxWaitSeconds: 60 } });
    start = microseconds();
    call(machine, i % 2 === 0 ? "PowerOffVM_Task" : "PowerOnVM_Task");
    const changed = microseconds();
    set = (await next) as vim.UpdateSet;
    latency.push(microseconds() - changed);
    call(machine, "Rename_Task", { newName: `renamed-${i}` });
    start = microseconds();
    set = call(collector, "CheckForUpdates", { version: set.version }) as vim.UpdateSet;
    work.push(microseconds() - start);
  }
  report("property.update.latency_us", median(latency.slice(50)), "us");
  report("property.update.work_us", median(work.slice(50)), "us");
  host.close();
}
