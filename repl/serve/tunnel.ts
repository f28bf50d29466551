import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import { reasonOf, ServeError } from "./failure.ts";

/** A proxy through which clients with certificates reach the server: whatever they ask for by CONNECT, that is what they get. */
export interface Tunnel {
  readonly port: number;
  close(): Promise<void>;
}

export async function openTunnel(host: string, port: number, target: number): Promise<Tunnel> {
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => open.delete(socket));
  };
  const server = createServer((_request, response) => {
    response.writeHead(405, { Allow: "CONNECT", Connection: "close" }).end();
  });
  server.on("connection", keep);
  server.on("connect", (_request, client, head) => {
    const there = connect(target, host, () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      there.write(head);
      client.pipe(there);
      there.pipe(client);
    });
    keep(there);
    client.on("close", () => there.destroy());
    there.on("close", () => client.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  }).catch((error: unknown) => {
    throw new ServeError(`-tunnel: cannot listen at ${host}:${port}: ${reasonOf(error)}`);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
