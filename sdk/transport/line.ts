import { Agent as PlainAgent, request as plainRequest } from "node:http";
import { Agent, request as secureRequest } from "node:https";
import type { Duplex } from "node:stream";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import { VsphereError } from "../errors.ts";
import type { Address } from "./address.ts";
import { connectionFailed, type Trust, untrusted } from "./trust.ts";

/** As many connections as are open to a server at a time: one may wait for updates while others work. */
const connections = 32;
/** Milliseconds until a server that does not answer a connection counts as not there. */
const patience = 30_000;

/** The connections to one server, and the certificate that it must have. */
export interface Line {
  readonly agent: PlainAgent;
  readonly request: typeof plainRequest;
  close(): void;
}

export function openLine(address: Address, trust: Trust): Line {
  const agent = address.secure ? secureAgent(address, trust) : new PlainAgent(settings);
  return { agent, request: address.secure ? secureRequest : plainRequest, close: () => agent.destroy() };
}

const settings = { keepAlive: true, maxSockets: connections, scheduling: "lifo" } as const;

/** An agent that gives out a connection when it is known who is at the other end: nothing is sent before. */
function secureAgent(address: Address, trust: Trust): Agent {
  const agent = new Agent(settings);
  const create = (options: ConnectionOptions, given: (error: Error | null, socket?: Duplex) => void): undefined => {
    const socket = connectTls({
      ...options,
      host: address.host,
      port: address.port,
      servername: /^[\d.]+$|:/.test(address.host) ? "" : address.host,
      minVersion: "TLSv1.2",
      // Looked at below, where it can be said what is wrong with it: nothing is sent before.
      rejectUnauthorized: false,
      ...(trust.ca === undefined ? {} : { ca: trust.ca }),
    });
    let open = false;
    const fail = (error: Error) => {
      if (!open) given(connectionFailed(error, address.origin));
    };
    socket.setTimeout(patience, () => {
      if (!open) socket.destroy(new VsphereError("ConnectionFailed", `${address.origin} does not answer.`));
    });
    socket.once("error", fail);
    socket.once("secureConnect", () => {
      const refused = untrusted(socket, trust, address);
      if (refused) {
        socket.destroy(refused);
        return;
      }
      open = true;
      socket.setTimeout(0);
      given(null, socket);
    });
    return undefined;
  };
  Object.assign(agent, { createConnection: create });
  return agent;
}
