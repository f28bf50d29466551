import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readFacts } from "./facts.ts";
import { pack } from "./pack.ts";
import { tableModule } from "./table-module.ts";

const generated = fileURLToPath(new URL("../generated/", import.meta.url));

/**
 * `npm run generate` writes the types from the committed table; `npm run generate -- <facts file>` makes the table anew first.
 */
const [facts] = process.argv.slice(2);
if (facts !== undefined) writeFileSync(`${generated}vim25.ts`, tableModule(pack(readFacts(facts))));
