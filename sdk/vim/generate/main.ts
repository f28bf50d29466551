import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * `npm run generate` writes the types from the committed table; `npm run generate -- <facts file>` makes the table anew first.
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
// Loaded only now: these read the table.
const { dataFiles } = await import("./data-types.ts");
const { managedFiles } = await import("./managed-types.ts");
mkdirSync(`${generated}managed`, { recursive: true });
for (const [file, text] of dataFiles()) writeFileSync(`${generated}${file}`, text);
for (const [file, text] of managedFiles()) writeFileSync(`${generated}managed/${file}`, text);
