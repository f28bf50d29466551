import { fileURLToPath } from "node:url";
import { bench } from "./runner/bench.ts";

/**
 * `npm run bench`: every figure as one JSON line on standard output, messages on standard error. `npm run bench -- fork`
 * measures one group; the beginning of a figure's name (`fork.store`) picks figures. Exit code 1: a group failed,
 * 2: no such group or figure.
 */
process.exitCode = await bench({
  folder: fileURLToPath(new URL(".", import.meta.url)),
  words: process.argv.slice(2),
  out: (line) => process.stdout.write(`${line}\n`),
  err: (text) => process.stderr.write(text),
});
