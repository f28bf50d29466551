import { Connection } from "../../inventory/connection.ts";
import { builtIn, connections } from "../../inventory/connections.ts";
import { command, toText } from "../../language/index.ts";
import { wildcard } from "../../language/regex/wildcard.ts";

export const disconnectVIServer = command({
  name: "Disconnect-VIServer",
  summary: "Ends connections to servers. A built-in vCenter ends with its connection.",
  parameters: {
    Server: {
      type: "object[]",
      position: 0,
      pipeline: "value",
      help: "Connections or names; patterns are taken. Default: all.",
    },
    Force: { type: "switch", help: "Accepted for scripts that give it." },
  },
  supportsShouldProcess: "high",
  examples: [{ code: "Disconnect-VIServer * -Confirm:$false", note: "Ends all connections." }],
  async process(ctx, { Server }) {
    const open = ctx.session.service(connections);
    const wanted = Server ?? ["*"];
    const found = open.all.filter((connection) =>
      wanted.some(
        (value) =>
          value === connection || (!(value instanceof Connection) && wildcard(toText(value)).test(connection.name)),
      ),
    );
    const all = wanted.some((value) => value === "*" || toText(value).toLowerCase() === builtIn);
    if (found.length === 0 && all && open.forgetBuiltIn()) return;
    if (found.length === 0) {
      await ctx.error(
        `Could not find any of the servers specified by name: ${wanted.map((value) => toText(value)).join(", ")}.`,
        {
          category: "ObjectNotFound",
        },
      );
    }
    for (const connection of found) {
      if (await ctx.shouldProcess(connection.name, "Disconnect VIServer")) await open.disconnect(connection);
    }
  },
});
