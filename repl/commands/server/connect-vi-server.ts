import { connections } from "../../inventory/connections.ts";
import { ErrorRecord } from "../../language/error.ts";
import { command } from "../../language/index.ts";

export const connectVIServer = command({
  name: "Connect-VIServer",
  summary: "Connects to a server; without one, to the built-in simulated vCenter.",
  description:
    "The shell connects to the built-in vCenter by itself when a command first needs a server. This version of Fargo cannot connect to others yet.",
  parameters: {
    Server: { type: "string[]", position: 0, help: "Names or addresses. lab is the built-in simulated vCenter." },
    User: { type: "string", aliases: ["Username"], help: "Who logs in." },
    Password: { type: "string", help: "The password. Better: -Credential, which can ask for it." },
    Credential: { type: "credential", help: "User and password, as Get-Credential gives them." },
    Port: { type: "int", help: "The port. Default: 443." },
    Protocol: { type: "string", values: ["https", "http"], help: "Accepted for scripts that give it." },
    Force: { type: "switch", help: "Accepted for scripts that give it." },
    NotDefault: { type: "switch", help: "Accepted for scripts that give it." },
    AllLinked: { type: "switch", help: "Accepted for scripts that give it." },
  },
  outputs: "VIServer",
  examples: [{ code: "Connect-VIServer lab", note: "Connects to the built-in simulated vCenter." }],
  async process(ctx, { Server, User, Password, Credential }) {
    const user = Credential?.userName ?? User;
    const password = Credential?.password.reveal() ?? Password;
    const credentials = { ...(user === undefined ? {} : { user }), ...(password === undefined ? {} : { password }) };
    for (const name of Server ?? ["lab"]) {
      try {
        await ctx.write(await ctx.session.service(connections).connect(name, credentials));
      } catch (error) {
        // Whatever the reason, it is the connection that is not there: the program's exit code says so.
        const reason = error instanceof Error ? error.message : String(error);
        await ctx.error(ErrorRecord.of(reason, { category: "ConnectionError", id: "ConnectionFailed", target: name }));
      }
    }
  },
});
