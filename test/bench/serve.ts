import type { Report } from "./runner/child.ts";
import { load, type Server, servers } from "./runner/peer.ts";

export const group = "serve";

type Flags = readonly string[];
type Figures = ReadonlyMap<string, number>;

const hosts: Flags = ["-dc", "1", "-cluster", "4", "-host", "8", "-standalone-host", "0"];
/** 10,000 machines, as 2,500 in each of four clusters. */
const many: Flags = [...hosts, "-vm", "2500"];
const none: Flags = [...hosts, "-vm", "0"];
/** Machines for those that are turned on and off at the same time. */
const some: Flags = ["-vm", "32"];

/** A figure of each of the two, and how many times better ours is: above 1 is ahead. */
function compared(report: Report, name: string, unit: string, ours: number, other: number | undefined): void {
  report(name, ours, unit);
  if (other === undefined) return;
  report(`${name}.vcsim`, other, unit);
  const lessIsBetter = unit === "ms" || unit === "us" || unit === "bytes";
  report(`${name}.ratio`, lessIsBetter ? other / ours : ours / other, "x");
}

async function on<T>(server: Server, work: (server: Server) => Promise<T>): Promise<T> {
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

/** What 10,000 machines cost at the start, over those without any, and what is read of them. */
async function large(start: (flags: Flags) => Promise<Server>, times: number) {
  const empty = await on(await start(none), async (server) => ({ ms: server.startMs, bytes: server.rssBytes() }));
  return await on(await start(many), async (server) => {
    const startMs = server.startMs - empty.ms;
    const bytesPerMachine = (server.rssBytes() - empty.bytes) / 10_000;
    const read = await load(server, ["-n", String(times)], "retrieve");
    const updates = await load(server, ["-n", "20"], "updates");
    return { startMs, bytesPerMachine, read, updates };
  });
}

/** What a fresh server of a few machines does; undefined where it died of it. */
async function small(start: (flags: Flags) => Promise<Server>, flags: Flags, ...trials: readonly string[]) {
  return await on(await start(some), async (server): Promise<Figures | undefined> => {
    try {
      return await load(server, flags, ...trials);
    } catch (error) {
      console.log(`${trials.join(", ")} with ${flags.join(" ")}: ${String(error).slice(0, 500)}`);
      return undefined;
    }
  });
}

/** The two in turn, on servers of their own. */
async function inTurn(
  report: Report,
  flags: Flags,
  trial: string,
  figures: readonly (readonly [string, string, string])[],
) {
  const ours = await small(servers.fargo, flags, trial);
  const other = await small(servers.vcsim, flags, trial);
  for (const [name, metric, unit] of figures) {
    compared(report, name, unit, ours?.get(metric) ?? Number.NaN, other?.get(metric));
  }
}

export async function run(report: Report): Promise<void> {
  for (const flight of ["1", "32"]) {
    const suffix = flight === "1" ? "" : ".32";
    await inTurn(report, ["-c", flight, "-n", "500"], "clone", [
      [`serve.clone_tasks_s${suffix}`, "clone_tasks_s", "1/s"],
      [`serve.clone_p50_ms${suffix}`, "clone_tasks_s.p50_ms", "ms"],
      [`serve.clone_p99_ms${suffix}`, "clone_tasks_s.p99_ms", "ms"],
    ]);
    await inTurn(report, ["-c", flight, "-n", "500"], "power", [
      [`serve.power_tasks_s${suffix}`, "power_tasks_s", "1/s"],
    ]);
    await inTurn(report, ["-c", flight, "-s", "3"], "requests", [[`serve.requests_s${suffix}`, "requests_s", "1/s"]]);
    // The other does not have it.
    const forks = await small(servers.fargo, ["-c", flight, "-n", "500"], "instantclone");
    compared(
      report,
      `serve.instantclone_tasks_s${suffix}`,
      "1/s",
      forks?.get("instantclone_tasks_s") ?? Number.NaN,
      undefined,
    );
  }
  const ours = await large(servers.fargo, 10);
  const other = await large(servers.vcsim, 2);
  const us = (figures: Figures) => (figures.get("wait_updates.p50_ms") ?? Number.NaN) * 1000;
  const rate = (figures: Figures) => figures.get("retrieve_objects_s") ?? Number.NaN;
  compared(report, "serve.start_ms.10k", "ms", ours.startMs, other.startMs);
  compared(report, "serve.bytes_per_vm.10k", "bytes", ours.bytesPerMachine, other.bytesPerMachine);
  compared(report, "serve.retrieve_objects_s", "1/s", rate(ours.read), rate(other.read));
  compared(report, "serve.wait_updates_us", "us", us(ours.updates), us(other.updates));
}
