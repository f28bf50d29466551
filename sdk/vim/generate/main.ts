import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * `npm run generate` writes the types from the committed table; `npm run generate -- <facts file>` makes the table anew
 * first.
 */
const generated = fileURLToPath(new URL("../generated/", import.meta.url));
const [facts] = process.argv.slice(2);
if (facts !== undefined) {
  const [{ readFacts }, { pack }, { tableModule }] = await Promise.all([
    import("./facts.ts"),
    import("./pack.ts"),
    import("./table-module.ts"),
  ]);
  writeFileSync(`${generated}vim25.ts`, tableModule(pack(readFacts(facts))));
}
// Loaded only now: it reads the table.
const { typeFiles } = await import("./type-files.ts");
const files = typeFiles();
mkdirSync(`${generated}managed`, { recursive: true });
for (const [file, text] of files) writeFileSync(generated + file, text);
for (const file of ["", "managed/"].flatMap((folder) => readdirSync(generated + folder).map((name) => folder + name))) {
  if (file.endsWith(".ts") && file !== "vim25.ts" && !files.has(file)) rmSync(generated + file);
}
