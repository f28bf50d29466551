import { readFileSync } from "node:fs";
import { askerOn } from "./asker.ts";
import { Console } from "./console.ts";
import { exitCodes } from "./exit.ts";
import type { Invocation } from "./options.ts";
import { connectTo } from "./server.ts";

/** Decodes a script: UTF-8, or UTF-16 as Windows' editors write it. */
function decode(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** The commands to run, or `undefined` after saying why they cannot be read. */
async function readSource({ source }: Invocation): Promise<string | undefined> {
  try {
    if (source.kind === "text") return source.text;
    return decode(source.kind === "file" ? readFileSync(source.path) : await readStandardInput());
  } catch (error) {
    const name = source.kind === "file" ? `script ${JSON.stringify(source.path)}` : "standard input";
    const reason = error instanceof Error && "code" in error ? reasons[String(error.code)] : undefined;
    process.stderr.write(`fargo: the ${name} cannot be read: ${reason ?? error}\n`);
    return undefined;
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file.",
  EISDIR: "it is a directory.",
  EACCES: "permission denied.",
};

/** Runs commands from `-c`, a script or standard input, and answers the program's exit code. */
export async function runBatch(invocation: Invocation): Promise<number> {
  const text = await readSource(invocation);
  if (text === undefined) return exitCodes.usage;
  const interrupt = new AbortController();
  process.on("SIGINT", () => {
    // who presses Ctrl-C twice means it
    if (interrupt.signal.aborted) process.exit(exitCodes.interrupted);
    interrupt.abort();
  });
  const { signal } = interrupt;
  const ask = askerOn(invocation.input, () => interrupt.abort());
  const console = new Console({ json: invocation.json, ask });
  try {
    if (invocation.server !== undefined && !(await connectTo(console, invocation.server, signal))) {
      return signal.aborted ? exitCodes.interrupted : exitCodes.connection;
    }
    const file = invocation.source.kind === "file" ? invocation.source.path : undefined;
    const options = { args: invocation.args, signal, ...(file === undefined ? {} : { file }) };
    return (await console.run(text, options)).exitCode;
  } finally {
    await console.end();
  }
}
