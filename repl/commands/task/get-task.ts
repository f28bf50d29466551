import type { Ref } from "../../../sdk/index.ts";
import type { Connection } from "../../inventory/connection.ts";
import { connections } from "../../inventory/connections.ts";
import { task } from "../../inventory/kinds/task.ts";
import { load } from "../../inventory/load.ts";
import { server } from "../../inventory/parameters.ts";
import { noneNamed } from "../../inventory/resolve.ts";
import { command, toText } from "../../language/index.ts";

/** The tasks that a server shows as recent; vCenter's own clients show these. */
async function recent({ session }: Connection): Promise<readonly Ref<"Task">[]> {
  const { taskManager } = session.content;
  if (!taskManager) return [];
  const [row] = await session.retrieve([taskManager], ["recentTask"]);
  return row?.recentTask ?? [];
}

export const getTask = command({
  name: "Get-Task",
  summary: "Lists tasks: what is under way and what was done lately.",
  parameters: {
    Status: {
      type: "string",
      position: 0,
      values: ["Queued", "Running", "Success", "Error", "Cancelled"],
      help: "Only tasks in this state.",
    },
    Id: { type: "string[]", help: "Ids, as the Id property shows them: Task-task-12." },
    Server: server,
  },
  outputs: "Task",
  examples: [{ code: "Get-Task -Status Running", note: "What is under way." }],
  async process(ctx, { Status, Id, Server }) {
    for (const connection of await ctx.session.service(connections).current(Server?.map((name) => toText(name)))) {
      const wanted = Id?.map((id): Ref<"Task"> => ({ type: "Task", value: id.replace(/^Task-/i, "") }));
      const refs = wanted ?? (await recent(connection));
      for (const ref of refs) {
        const [found] = await load(connection, task, [ref], ctx.signal).catch(() => []);
        if (!found) {
          if (wanted) await ctx.error(noneNamed(ctx, task, ref.value).record);
          continue;
        }
        if (Status === undefined || task.properties.State?.(found.values, found) === Status) await ctx.write(found);
      }
    }
  },
});
