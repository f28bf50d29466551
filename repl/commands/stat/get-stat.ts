import type { vim } from "../../../sdk/index.ts";
import { server } from "../../inventory/parameters.ts";
import { idOf, moment } from "../../inventory/values.ts";
import { command, type DateTime, hasWildcard, PSObject, toText, wildcard } from "../../language/index.ts";
import { entitiesOf, type Provider, providerOf } from "./provider.ts";

/** What PowerCLI shows of each group where no counter is named. */
const groups = {
  common: ["cpu.usage.average", "mem.usage.average", "disk.usage.average", "net.usage.average", "sys.uptime.latest"],
  cpu: ["cpu.usage.average", "cpu.usagemhz.average", "cpu.ready.summation"],
  memory: [
    "mem.usage.average",
    "mem.vmmemctl.average",
    "mem.active.average",
    "mem.granted.average",
    "mem.consumed.average",
  ],
  disk: ["disk.usage.average"],
  network: ["net.usage.average"],
} as const;

/** Seconds between the samples that hosts keep themselves. */
const realTime = 20;

export const getStat = command({
  name: "Get-Stat",
  summary: "Reads statistics of machines and hosts, the newest first.",
  description:
    "The built-in simulated vCenter has one sample of each counter, of this very moment and exact, and no history: what is asked of the past finds nothing. Get-StatType lists what there is to ask for.",
  parameters: {
    Entity: {
      type: "object[]",
      position: 0,
      mandatory: true,
      pipeline: "value",
      complete: "VirtualMachine",
      help: "Machines or hosts.",
    },
    Stat: { type: "string[]", wildcard: true, help: "Names of counters, as mem.consumed.average, or patterns." },
    Common: { type: "switch", help: "The usual counters of each kind. This is what there is without -Stat." },
    Cpu: { type: "switch", help: "The usual counters of processors." },
    Memory: { type: "switch", help: "The usual counters of memory." },
    Disk: { type: "switch", help: "The usual counters of disks." },
    Network: { type: "switch", help: "The usual counters of networks." },
    Realtime: { type: "switch", help: "Samples of every 20 seconds, as the host itself keeps them." },
    Start: { type: "datetime", help: "Only samples from then on." },
    Finish: { type: "datetime", help: "Only samples up to then." },
    MaxSamples: { type: "int", range: [1, 1_000_000], help: "How many samples of each counter at most." },
    IntervalSecs: { type: "int[]", aliases: ["IntervalSec"], help: "Only samples of these intervals, in seconds." },
    IntervalMins: { type: "int[]", aliases: ["IntervalMin"], help: "Only samples of these intervals, in minutes." },
    Instance: { type: "string[]", wildcard: true, help: "Only these instances. The whole object is ''." },
    Server: server,
  },
  outputs: "FloatSample",
  examples: [
    {
      code: "Get-VM golden | Get-Stat -Stat mem.granted.average -Realtime -MaxSamples 1 | Select-Object MetricId, Value, Unit",
      note: "How much of its memory has content.",
      output:
        "\nMetricId              Value Unit\n--------              ----- ----\nmem.granted.average 8388608 KB\n\n",
    },
    {
      code: "Get-VMHost esx-01* | Get-Stat -Stat mem.shared* -Realtime | Sort-Object MetricId | ForEach-Object MetricId",
      note: "What the machines of a host share, and what memory is behind it.",
      output: "mem.shared.average\nmem.sharedcommon.average\n",
    },
  ],
  async process(ctx, args) {
    const seconds = [...(args.IntervalSecs ?? []), ...(args.IntervalMins ?? []).map((minutes) => minutes * 60)];
    const intervals = args.Realtime || seconds.length === 0 ? [realTime] : seconds;
    const groupsWanted = (["Common", "Cpu", "Memory", "Disk", "Network"] as const).filter((name) => args[name]);
    const usual = groupsWanted.length === 0 && args.Stat === undefined ? (["Common"] as const) : groupsWanted;
    for (const object of await entitiesOf(ctx, args.Entity, args.Server)) {
      for (const interval of intervals) {
        const provider = await providerOf(ctx, object, interval);
        const chosen = new Map<string, vim.PerfCounterInfo>();
        const names = [...provider.counters.keys()];
        for (const group of usual) for (const name of groups[lower(group)]) add(chosen, provider, name);
        for (const stat of args.Stat ?? []) {
          const name = toText(stat).toLowerCase();
          const matching = hasWildcard(name) ? names.filter((one) => wildcard(name).test(one)) : [name];
          for (const one of matching)
            if (!add(chosen, provider, one) && !hasWildcard(name) && interval === realTime)
              await ctx.error(`The metric counter "${toText(stat)}" doesn't exist for entity "${object.name}".`, {
                category: "ObjectNotFound",
                target: object,
              });
        }
        if (chosen.size === 0) continue;
        for (const row of await samples(provider, chosen, interval, args, ctx.signal)) await ctx.write(row);
      }
    }
  },
});

const lower = <T extends string>(text: T) => text.toLowerCase() as Lowercase<T>;

function add(chosen: Map<string, vim.PerfCounterInfo>, { counters }: Provider, name: string): boolean {
  const info = counters.get(name);
  if (info) chosen.set(name, info);
  return info !== undefined;
}

interface Span {
  readonly Start?: DateTime | undefined;
  readonly Finish?: DateTime | undefined;
  readonly MaxSamples?: number | undefined;
  readonly Instance?: readonly string[] | undefined;
}

async function samples(
  { object, manager }: Provider,
  chosen: ReadonlyMap<string, vim.PerfCounterInfo>,
  interval: number,
  { Start, Finish, MaxSamples, Instance }: Span,
  signal: AbortSignal,
): Promise<PSObject[]> {
  const query: vim.PerfQuerySpec = {
    entity: object.ref,
    intervalId: interval,
    metricId: [...chosen.values()].map(({ key }) => ({ counterId: key, instance: Instance === undefined ? "" : "*" })),
    ...(Start ? { startTime: new Date(Start.ms).toISOString() } : {}),
    ...(Finish ? { endTime: new Date(Finish.ms).toISOString() } : {}),
    ...(MaxSamples === undefined ? {} : { maxSample: MaxSamples }),
  };
  const answer = await object.connection.session.call(manager, "QueryPerf", { querySpec: [query] }, { signal });
  const metric = answer?.[0] as vim.PerfEntityMetric | undefined;
  const byKey = new Map([...chosen].map(([name, info]) => [info.key, { name, info }]));
  const wanted = Instance?.map((pattern) => wildcard(toText(pattern).toLowerCase()));
  return (metric?.value ?? []).flatMap((series) => {
    const { id, value = [] } = series as vim.PerfMetricIntSeries;
    const counter = byKey.get(id.counterId);
    if (!counter || (wanted && !wanted.some((one) => one.test(id.instance.toLowerCase())))) return [];
    const { name, info } = counter;
    return value
      .map((one, i) =>
        PSObject.of(
          {
            Value: info.unitInfo.key === "percent" ? Number(one) / 100 : Number(one),
            Timestamp: moment(metric?.sampleInfo?.[i]?.timestamp),
            MetricId: name,
            Unit: info.unitInfo.label,
            Description: info.nameInfo.summary,
            Entity: object,
            EntityId: idOf(object.ref),
            IntervalSecs: metric?.sampleInfo?.[i]?.interval ?? interval,
            Instance: id.instance,
          },
          "FloatSample",
        ),
      )
      .reverse();
  });
}
