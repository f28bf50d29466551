import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The program as it is shipped. */
export const mainPath = join(root, "dist", "repl", "main.js");

function newest(folder: string): number {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    time = Math.max(time, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return time;
}

const isFresh = (): boolean =>
  existsSync(mainPath) && statSync(mainPath).mtimeMs >= Math.max(newest(join(root, "repl")), newest(join(root, "sdk")));

/** Bundles the program unless that was done since the sources changed; test files that run side by side wait for one. */
export async function bundle(): Promise<void> {
  const lock = join(tmpdir(), `fargo-bundle-${process.ppid}`);
  for (let waited = 0; !isFresh() && waited < 600; waited++) {
    try {
      mkdirSync(lock);
    } catch {
      await sleep(100);
      continue;
    }
    try {
      const done = spawnSync("npm", ["run", "bundle", "--silent"], { cwd: root, encoding: "utf8" });
      if (done.status !== 0) throw new Error(`the program cannot be bundled: ${done.stderr}`);
      return;
    } finally {
      rmSync(lock, { recursive: true });
    }
  }
}

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** What stands on its standard input; default: nothing. */
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** A signal to send when something was first printed. */
  readonly interrupt?: NodeJS.Signals;
}

/** Runs the program to its end, without a terminal. */
export function fargo(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const configuration = temporaryFolder();
  const env = { ...process.env, FARGO_CONFIG_DIR: configuration, NO_COLOR: "", ...options.env };
  const child = spawn(process.execPath, [mainPath, ...args], { cwd: options.cwd ?? configuration, env });
  let stdout = "";
  let stderr = "";
  const onOutput = () => {
    if (options.interrupt !== undefined) child.kill(options.interrupt);
  };
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
    onOutput();
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      rmSync(configuration, { recursive: true, force: true });
      resolve({ code, stdout, stderr });
    });
  });
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), "fargo-e2e-"));
