import { type ScriptError, scriptError } from "../language/error.ts";
import type { Service, Session } from "../language/index.ts";
import { Connection, nameOf } from "./connection.ts";
import { translateVsphereErrors } from "./errors.ts";

/** The name that the built-in simulated vCenter is connected to by. */
export const builtIn = "lab";

/** Who logs in to a server, and how its certificate is checked. */
export interface LogInOptions {
  readonly user?: string;
  readonly password?: string;
  readonly thumbprint?: string;
  readonly insecure?: boolean;
}

/** The servers that a shell is connected to. The built-in one is connected to when a command first needs a server. */
export class Connections {
  readonly #open: Connection[] = [];
  readonly #session: Session;
  #opening: Promise<Connection> | undefined;
  /** False once somebody has disconnected: then nothing is connected to unasked any more. */
  #unasked = true;

  constructor(session: Session) {
    this.#session = session;
    translateVsphereErrors();
  }

  get all(): readonly Connection[] {
    return this.#open;
  }

  /** The servers that a command works on, by name where some were named. */
  async current(named: readonly string[] = []): Promise<readonly Connection[]> {
    if (this.#open.length === 0 && this.#unasked) await this.connect(builtIn);
    if (this.#open.length === 0) throw notConnected();
    if (named.length === 0) return this.#open;
    return named.map((name) => {
      const found = this.#open.find((connection) => connection.name.toLowerCase() === name.toLowerCase());
      if (found) return found;
      const names = this.#open.map((connection) => connection.name).join(", ");
      throw notConnected(`You are not connected to a server named '${name}'. You are connected to: ${names}.`);
    });
  }

  /** The server that something new is made on: the first. */
  async one(named: readonly string[] = []): Promise<Connection> {
    const [first] = await this.current(named);
    if (first) return first;
    throw notConnected();
  }

  /** Connects, or gives the connection there is. */
  connect(name: string, options: LogInOptions = {}): Promise<Connection> {
    const known = this.#open.find((connection) => connection.name.toLowerCase() === nameOf(name).toLowerCase());
    if (known) return Promise.resolve(known);
    this.#opening ??= this.#start(name, options).finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #start(name: string, given: LogInOptions): Promise<Connection> {
    const { connect } = await import("../../sdk/index.ts");
    const options = { ...given, userAgent: "fargo shell" };
    const session = await connect(name.toLowerCase() === builtIn ? undefined : name, options);
    const current = session.content.sessionManager;
    const user = current
      ? (await session.retrieve([current], ["currentSession"]))[0]?.currentSession?.userName
      : undefined;
    const connection = new Connection(name, user ?? given.user ?? "", session);
    this.#open.push(connection);
    this.#publish();
    return connection;
  }

  async disconnect(connection: Connection): Promise<void> {
    this.#unasked = false;
    const at = this.#open.indexOf(connection);
    if (at >= 0) this.#open.splice(at, 1);
    connection.connected = false;
    this.#publish();
    await connection.session.close();
  }

  /** Nothing is connected to unasked from now on. True when that alone ends what there was: the built-in one, not begun yet. */
  forgetBuiltIn(): boolean {
    const begun = this.#open.length > 0 || !this.#unasked;
    this.#unasked = false;
    return !begun;
  }

  /** Ends everything, at the end of the shell. */
  async close(): Promise<void> {
    for (const connection of [...this.#open]) await this.disconnect(connection);
  }

  /** Scripts look at these variables. */
  #publish(): void {
    this.#session.setVariable("DefaultVIServer", this.#open.at(-1) ?? null, {
      scope: "global",
    });
    this.#session.setVariable("DefaultVIServers", [...this.#open], {
      scope: "global",
    });
  }
}

/** `ctx.session.service(connections)`. */
export const connections: Service<Connections> = {
  name: "connections",
  create: (session) => new Connections(session),
};

const notConnectedText =
  "You are not currently connected to any servers. Please connect first using Connect-VIServer or one of its aliases.";

function notConnected(message = notConnectedText): ScriptError {
  const type = "VMware.VimAutomation.Sdk.Types.V1.ErrorHandling.VimException.ViServerConnectionException";
  return scriptError(message, {
    category: "ConnectionError",
    id: "NotConnected",
    type,
  });
}
