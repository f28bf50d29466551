import { spawn } from "node:child_process";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { BenchModule } from "./modules.ts";

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it is to be at most, where there is such a thing. */
  readonly aim?: number;
}

const child = fileURLToPath(new URL("child.ts", import.meta.url));
const root = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * Runs one module in a process of its own, so that its memory figures are its own, too. Figures come back over the
 * process's message channel; what it prints goes to `err`. Gives what went wrong, if anything did.
 */
export function runModule(
  module: BenchModule,
  err: (text: string) => void,
  on: (figure: Figure) => void,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    let wrong: string | undefined;
    const measuring = spawn(process.execPath, ["--expose-gc", "--import", "tsx", child, module.path], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    measuring.stdout?.on("data", (chunk) => err(String(chunk)));
    measuring.stderr?.on("data", (chunk) => err(String(chunk)));
    measuring.on("message", (message) => {
      if (isFigure(message)) on(message);
      else wrong ??= `it reported something that is no figure: ${JSON.stringify(message)}`;
    });
    measuring.on("error", (error) => resolve(error.message));
    measuring.on("close", (code, signal) => {
      if (code !== 0) wrong ??= `${basename(module.path)} ended with ${signal ?? `exit code ${code}`}`;
      resolve(wrong);
    });
  });
}

function isFigure(message: unknown): message is Figure {
  if (typeof message !== "object" || message === null) return false;
  if (!("name" in message && "value" in message && "unit" in message)) return false;
  return typeof message.name === "string" && Number.isFinite(message.value) && typeof message.unit === "string";
}
