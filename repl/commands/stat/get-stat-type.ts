import { server } from "../../inventory/parameters.ts";
import { command, toText, wildcard } from "../../language/index.ts";
import { entitiesOf, providerOf } from "./provider.ts";

export const getStatType = command({
  name: "Get-StatType",
  summary: "Lists the statistics that there are of machines and hosts.",
  parameters: {
    Entity: {
      type: "object[]",
      position: 0,
      mandatory: true,
      pipeline: "value",
      complete: "VirtualMachine",
      help: "Machines or hosts.",
    },
    Name: { type: "string[]", wildcard: true, help: "Only counters of these names or patterns." },
    Interval: { type: "int[]", help: "Only counters that are kept at these intervals, in seconds." },
    Realtime: { type: "switch", help: "Only counters that are kept in real time." },
    Server: server,
  },
  outputs: "string",
  examples: [
    {
      code: "Get-StatType -Entity golden -Name mem.active*",
      note: "Counters of active memory.",
      output: "mem.active.average\nmem.activewrite.average\n",
    },
  ],
  async process(ctx, { Entity, Name, Interval, Realtime, Server }) {
    const patterns = Name?.map((name) => wildcard(toText(name).toLowerCase()));
    const intervals = Realtime ? [20] : (Interval ?? [undefined]);
    for (const object of await entitiesOf(ctx, Entity, Server)) {
      const names = new Set<string>();
      for (const interval of intervals)
        for (const name of (await providerOf(ctx, object, interval)).counters.keys()) names.add(name);
      for (const name of [...names].sort())
        if (!patterns || patterns.some((pattern) => pattern.test(name))) await ctx.write(name);
    }
  },
});
