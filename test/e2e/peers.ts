import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";

const peer = (name: string): string | undefined => {
  const built = join(import.meta.dirname, "../../.peers/bin", name);
  if (existsSync(built)) return built;
  return spawnSync(name, ["version"]).status === 0 ? name : undefined;
};
export const govc = peer("govc");

export function runGovc(env: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const clean = Object.entries(process.env).filter(([name]) => !name.startsWith("GOVC_"));
  return spawnSync(govc ?? "govc", args, { encoding: "utf8", env: { ...Object.fromEntries(clean), ...env } });
}

export const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
};

export async function listening(): Promise<Server> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

export async function freePort(): Promise<number> {
  const server = await listening();
  const port = portOf(server);
  server.close();
  await once(server, "close");
  return port;
}

/** The variables of a line `export A=1 B=2`. */
export const variables = (line: string): Record<string, string> =>
  Object.fromEntries([...line.matchAll(/\b(GOVC_\w+)=(\S+)/g)].map(([, name = "", value = ""]) => [name, value]));
