#!/usr/bin/env node
import * as nodeModule from "node:module";
import { exitCodes, UsageError } from "./exit.ts";
import { type Invocation, plainInvocation } from "./options.ts";

/** What the command line asks for; `undefined` when it was answered already (`--help`) or cannot be understood. */
async function invocationFrom(argv: readonly string[], terminal: boolean): Promise<Invocation | undefined> {
  const plain = plainInvocation(argv, terminal);
  if (plain !== undefined) return plain;
  const { parseArguments } = await import("./args.ts");
  const asked = await parseArguments(argv, terminal, process.stdout.columns);
  if (asked.kind === "run") return asked.invocation;
  if (asked.kind === "print") process.stdout.write(`${asked.text}\n`);
  else {
    process.stderr.write(`fargo: ${asked.message}\nTry "fargo --help".\n`);
    process.exitCode = exitCodes.usage;
  }
  return undefined;
}

/** `serve` and `vcsim` as the first word; scripts of these names are `./serve` and `./vcsim`. */
async function runServer([command, ...args]: readonly string[]): Promise<number | undefined> {
  if (command === "serve") return (await import("./serve/serve.ts")).runServe(args);
  if (command === "vcsim") return (await import("./serve/vcsim.ts")).runVcsim(args);
  return undefined;
}

async function run(argv: readonly string[]): Promise<void> {
  const served = await runServer(argv);
  if (served !== undefined) {
    process.exitCode = served;
    return;
  }
  const terminal = process.stdin.isTTY === true && (process.stderr.isTTY === true || process.stdout.isTTY === true);
  const invocation = await invocationFrom(argv, terminal);
  if (invocation === undefined) return;
  if (invocation.source.kind === "interactive") {
    const { runShell } = await import("./shell.ts");
    process.exitCode = await runShell(invocation);
  } else {
    const { runBatch } = await import("./batch.ts");
    process.exitCode = await runBatch(invocation);
  }
}

/** What ends the program against all expectation is told in one line; a mistake of ours with where it was made. */
function failed(error: unknown): void {
  const text = error instanceof UsageError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`fargo: ${text}\n`);
  process.exitCode = error instanceof UsageError ? exitCodes.usage : exitCodes.failed;
}

// Node 22 and later keep the compiled code for the next start
const { enableCompileCache } = nodeModule as { enableCompileCache?: () => unknown };
enableCompileCache?.();

// a reader that has seen enough (`| head`) ends the program, and that is no error
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(exitCodes.ok);
  throw error;
});
process.stderr.on("error", () => {});

await run(process.argv.slice(2)).catch(failed);

// what is still open (a server's connection, a timer) does not keep the program
process.stdout.write("", () => process.stderr.write("", () => process.exit()));
