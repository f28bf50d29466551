// Runs every example and compares what it prints with the lines after `//>` (`#>` in scripts) at its end.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "examples");

/** How to run a file: TypeScript by tsx, scripts by the shell. */
function commandFor(file: string): readonly string[] {
  return file.endsWith(".ps1") ? [join(root, "dist/repl/main.js"), file] : ["--import", "tsx", file];
}

function expectedOf(text: string): string[] {
  return text.split("\n").flatMap((line) => /^(?:\/\/|#)> ?(.*)$/.exec(line)?.[1] ?? []);
}

let failed = 0;
const files = readdirSync(folder).filter((name) => /\.(ts|ps1)$/.test(name));
for (const name of files) {
  const file = join(folder, name);
  const expected = expectedOf(readFileSync(file, "utf8"));
  const { stdout, stderr, status } = spawnSync(process.execPath, commandFor(file), { cwd: root, encoding: "utf8" });
  const printed = stdout.trimEnd().split("\n");
  const right = status === 0 && expected.length > 0 && JSON.stringify(printed) === JSON.stringify(expected);
  console.log(`${right ? "ok  " : "FAIL"} examples/${name}`);
  if (right) continue;
  failed++;
  console.log(`exit code ${status}\n--- expected\n${expected.join("\n")}\n--- printed\n${stdout}${stderr}`);
}
console.log(`\n${files.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 || files.length === 0 ? 1 : 0);
