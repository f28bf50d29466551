import type { ManagedType, Properties, Ref } from "../../../vim/index.ts";
import { HostFault, notFound } from "../../faults.ts";
import type { Host } from "../../host.ts";
import type { Connection } from "../../session/connection.ts";
import type { Session } from "../../session/session.ts";
import { numberIn } from "../../state/id.ts";
import type { Exchange } from "../exchange.ts";
import { Body } from "./body.ts";
import { invalid, RestError } from "./error.ts";
import { Filter } from "./filter.ts";
import { Inventory } from "./inventory.ts";

/** One request of the REST API, and who makes it. */
export class Caller {
  readonly exchange: Exchange;
  readonly connection: Connection;
  readonly token: string | undefined;
  /** Below /rest, where everything is wrapped. */
  readonly legacy: boolean;

  constructor(exchange: Exchange, connection: Connection, token: string | undefined, legacy: boolean) {
    this.exchange = exchange;
    this.connection = connection;
    this.token = token;
    this.legacy = legacy;
  }

  get host(): Host {
    return this.exchange.host;
  }

  /** Throws UNAUTHENTICATED where nobody has logged in. */
  get session(): Session {
    const session = this.host.sessions.current(this.connection);
    if (session) return session;
    throw new RestError(
      "UNAUTHENTICATED",
      "Authentication required.",
      "com.vmware.vapi.endpoint.method.authentication.required",
    );
  }

  /** What the caller may read of the inventory. */
  get inventory(): Inventory {
    return new Inventory(this.host, this.session);
  }

  /** What the query asks for: of the filters named, and no other. */
  filter(names: readonly string[]): Filter {
    return new Filter(this.exchange.query, names);
  }

  /** The body; below /rest what is wrapped in `spec`. */
  async body(): Promise<Body> {
    const text = await this.exchange.text();
    let parsed: unknown;
    try {
      parsed = text.trim() === "" ? {} : JSON.parse(text);
    } catch {
      throw invalid("The body of the request is not JSON.");
    }
    const body = new Body(parsed, "");
    return this.legacy ? body.object("spec") : body;
  }

  async call(ref: Ref, method: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    this.exchange.note({ method, object: `${ref.type}:${ref.value}` });
    await this.exchange.delay(method);
    return this.host.call(this.connection, ref, method, args, this.exchange.signal);
  }

  /** A property of an object, unless the caller may not read it. */
  fetch<T extends ManagedType, P extends keyof Properties<T> & string>(ref: Ref<T>, prop: P): Properties<T>[P] {
    // The dispatcher answers what the schema says.
    return this.host.call(this.connection, ref, "Fetch", { prop }, this.exchange.signal) as Properties<T>[P];
  }

  /** Calls a method that starts a task, and waits until that is finished. Its result; throws the fault that it ended with. */
  async finish(ref: Ref, method: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const task = await this.call(ref, method, args);
    const id = typeof task === "object" && task !== null && "value" in task ? numberIn(String(task.value)) : 0;
    return this.#finished(id);
  }

  /** A client that goes away lets the task go on, as with vCenter. */
  #finished(id: number): Promise<unknown> {
    const { universe } = this.host;
    const { signal } = this.exchange;
    return new Promise((resolve, reject) => {
      const stop = universe.listen(() => look());
      const leave = () => {
        stop();
        reject(signal.reason);
      };
      signal.addEventListener("abort", leave, { once: true });
      const look = () => {
        const task = universe.view.task(id);
        if (task && task.state !== "success" && task.state !== "error") return;
        stop();
        signal.removeEventListener("abort", leave);
        if (task?.state === "success") resolve(task.result);
        else if (task?.error)
          reject(new HostFault(task.error.fault, task.error.localizedMessage ?? task.error.fault._typeName ?? ""));
        else reject(notFound({ type: "Task", value: `task-${id}` }));
      };
      if (signal.aborted) leave();
      else look();
    });
  }
}

/** A reference to what an id in an address, a filter or a body names. */
export function ref<T extends ManagedType>(type: T, value: string): Ref<T> {
  const made: { readonly type: string; readonly value: string } = Object.freeze({ type, value });
  // A reference's type is the name that it is made with.
  return made as Ref<T>;
}
