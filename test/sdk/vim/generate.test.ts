import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { tableModule } from "../../../sdk/vim/generate/table-module.ts";
import { typeFiles } from "../../../sdk/vim/generate/type-files.ts";
import { vim25 } from "../../../sdk/vim/generated/vim25.ts";

const generated = fileURLToPath(new URL("../../../sdk/vim/generated/", import.meta.url));

test("the committed types are what the generator makes of the committed table", () => {
  const files = typeFiles();
  for (const [file, text] of files) expect(readFileSync(generated + file, "utf8") === text, file).toBe(true);
  const present = readdirSync(generated, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  expect(present.sort()).toEqual(["vim25.ts", ...files.keys()].sort());
});

test("the committed table is written as the packer writes it", () => {
  expect(readFileSync(`${generated}vim25.ts`, "utf8") === tableModule(JSON.parse(vim25))).toBe(true);
});
