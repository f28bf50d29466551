import type { Ref, vim } from "../../../sdk/index.ts";
import { connections } from "../../inventory/connections.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { server } from "../../inventory/parameters.ts";
import { resolve } from "../../inventory/resolve.ts";
import { vimValue } from "../../inventory/vim-value.ts";
import { command, type DateTime, toText } from "../../language/index.ts";

/** PowerCLI's default, as vCenter's largest page. */
const usual = 100;

const entityOf = (ref: Ref): Ref<"ManagedEntity"> => ref as Ref<"ManagedEntity">;

export const getVIEvent = command({
  name: "Get-VIEvent",
  summary: "Lists events, the newest first.",
  parameters: {
    Entity: {
      type: "object[]",
      position: 0,
      pipeline: "value",
      complete: "VirtualMachine",
      help: "Only events of these machines.",
    },
    Start: { type: "datetime", help: "Only events from then on." },
    Finish: { type: "datetime", help: "Only events up to then." },
    Username: { type: "string", help: "Only what this user did." },
    MaxSamples: { type: "int", range: [1, 1_000_000], default: usual, help: "How many at most. Default: 100." },
    Types: { type: "string[]", values: ["Info", "Warning", "Error"], help: "Only events of these categories." },
    Server: server,
  },
  outputs: "VMware.Vim.Event",
  examples: [{ code: "Get-VIEvent -MaxSamples 3", note: "What happened last." }],
  async process(ctx, { Entity, Start, Finish, Username, MaxSamples, Types, Server }) {
    const entities = Entity === undefined ? [undefined] : await resolve(ctx, virtualMachine, Entity);
    for (const connection of await ctx.session.service(connections).current(Server?.map((name) => toText(name)))) {
      const manager = connection.session.content.eventManager;
      if (!manager) continue;
      for (const entity of entities) {
        if (entity && entity.connection !== connection) continue;
        const filter: vim.EventFilterSpec = {
          ...(entity ? { entity: { entity: entityOf(entity.ref), recursion: "all" } } : {}),
          ...(Start || Finish ? { time: span(Start, Finish) } : {}),
          ...(Username === undefined ? {} : { userName: { systemUser: false, userList: [Username] } }),
          ...(Types === undefined ? {} : { category: Types.map((type) => type.toLowerCase()) }),
          maxCount: MaxSamples,
        };
        const events = await connection.session.call(manager, "QueryEvents", { filter }, { signal: ctx.signal });
        for (const event of [...(events ?? [])].reverse()) await ctx.write(vimValue(event));
      }
    }
  },
});

const span = (start: DateTime | undefined, finish: DateTime | undefined): vim.EventFilterSpecByTime => ({
  ...(start ? { beginTime: new Date(start.ms).toISOString() } : {}),
  ...(finish ? { endTime: new Date(finish.ms).toISOString() } : {}),
});
