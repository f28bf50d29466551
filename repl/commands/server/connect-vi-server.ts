import { builtIn, connections } from "../../inventory/connections.ts";
import { ErrorRecord } from "../../language/error.ts";
import { command } from "../../language/index.ts";
import { logIn } from "./log-in.ts";

export const connectVIServer = command({
  name: "Connect-VIServer",
  summary: "Connects to a server; without one, to the built-in simulated vCenter.",
  description:
    "The shell connects to the built-in vCenter by itself when a command first needs a server. Others are named by host name or URL (https://vcenter.example.com). Who logs in may stand in the URL (https://user@host), the password in the environment as FARGO_PASSWORD; what is missing is asked for. A server whose certificate nobody vouches for is refused unless its thumbprint is given, or somebody confirms it.",
  parameters: {
    Server: { type: "string[]", position: 0, help: "Names or addresses. lab is the built-in simulated vCenter." },
    User: { type: "string", aliases: ["Username"], help: "Who logs in." },
    Password: { type: "string", help: "The password. Better: -Credential, which can ask for it." },
    Credential: { type: "credential", help: "User and password, as Get-Credential gives them." },
    Port: { type: "int", range: [1, 65535], help: "The port. Default: 443." },
    Protocol: {
      type: "string",
      values: ["https", "http"],
      help: "The protocol: https, unless the address says otherwise.",
    },
    Thumbprint: {
      type: "string",
      help: "SHA-256 or SHA-1 of the server's certificate: that one is taken, and no other.",
    },
    Force: {
      type: "switch",
      help: "Takes any certificate, without a question. Whoever is in between can read everything.",
    },
    NotDefault: { type: "switch", help: "Accepted for scripts that give it." },
    AllLinked: { type: "switch", help: "Accepted for scripts that give it." },
  },
  outputs: "VIServer",
  examples: [{ code: "Connect-VIServer lab", note: "Connects to the built-in simulated vCenter." }],
  async process(ctx, { Server, User, Password, Credential, Port, Protocol, Thumbprint, Force }) {
    const user = Credential?.userName ?? User;
    const password = Credential?.password.reveal() ?? Password;
    const options = {
      ...(user === undefined ? {} : { user }),
      ...(password === undefined ? {} : { password }),
      ...(Thumbprint === undefined ? {} : { thumbprint: Thumbprint }),
      ...(Force ? { insecure: true } : {}),
    };
    for (const name of Server ?? ["lab"]) {
      try {
        await ctx.write(await logIn(ctx, ctx.session.service(connections), addressed(name, Port, Protocol), options));
      } catch (error) {
        // Whatever the reason, it is the connection that is not there: the program's exit code says so.
        const reason = error instanceof Error ? error.message : String(error);
        await ctx.error(ErrorRecord.of(reason, { category: "ConnectionError", id: "ConnectionFailed", target: name }));
      }
    }
  },
});

/** The name with the port and the protocol that are given beside it. */
function addressed(name: string, port: number | undefined, protocol: string | undefined): string {
  if (name.toLowerCase() === builtIn || name.includes("://")) return name;
  const text = port === undefined || /:\d+$/.test(name) ? name : `${name}:${port}`;
  return protocol?.toLowerCase() === "http" ? `http://${text}` : text;
}
