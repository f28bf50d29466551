import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const fargo = `${root}dist/repl/main.js`;

/** A server under measurement, in a process of its own. */
export interface Server {
  /** What `GOVC_URL` would be. */
  readonly url: string;
  /** From the start of the process until it said where it listens. */
  readonly startMs: number;
  /** What the process holds of memory now. */
  rssBytes(): number;
  stop(): Promise<void>;
}

/** A figure as the load program prints it. */
interface Measured {
  readonly metric: string;
  readonly value: number;
}

/** A program that `npm run peers` has built; throws where it was not. */
export function peer(name: string): string {
  const path = `${root}.peers/bin/${name}`;
  if (existsSync(path)) return path;
  throw new Error(`${name} is not built: run "npm run peers" first, for which Go has to be installed.`);
}

/** Ours and the other, by the same flags: `fargo vcsim` takes those of vcsim. */
export const servers = {
  fargo: (flags: readonly string[]) => start(process.execPath, [fargo, "vcsim", ...flags]),
  vcsim: (flags: readonly string[]) => start(peer("vcsim"), flags),
} as const;

async function start(command: string, flags: readonly string[]): Promise<Server> {
  const began = performance.now();
  const child = spawn(command, ["-l", "127.0.0.1:0", "-tls=false", ...flags], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await said(child, /GOVC_URL=(\S+)/);
  const startMs = performance.now() - began;
  return {
    url,
    startMs,
    rssBytes: () => 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]),
    stop: () => stopped(child),
  };
}

/** What a program prints, as soon as it does. */
function said(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const found = pattern.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`The server ended with ${code} before it listened: ${output}`)));
  });
}

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}

/** Puts a server to work with the load program and answers what it measured, by name. */
export async function load(
  { url }: Server,
  flags: readonly string[],
  ...trials: readonly string[]
): Promise<ReadonlyMap<string, number>> {
  const { stdout } = await promisify(execFile)(peer("load"), ["-url", url, ...flags, ...trials]);
  const lines = stdout.split("\n").filter((line) => line !== "");
  return new Map(
    lines.map((line): [string, number] => {
      const { metric, value }: Measured = JSON.parse(line);
      return [metric, value];
    }),
  );
}
