import { statSync } from "node:fs";
import { vim25 } from "../../sdk/vim/generated/vim25.ts";
import { dataType, enumType, managedType, typeNames } from "../../sdk/vim/schema.ts";
import { OpenFile } from "../types/language-service.ts";

export const group = "vim";

/** The cost of knowing all of vim25: the table on disk and in memory, and the types in an editor. */
export async function run(report: (name: string, value: number, unit: string) => void): Promise<void> {
  report(
    "vim.first_type_ms",
    time(() => dataType("VirtualMachineConfigSpec")),
    "ms",
  );
  const table = new URL("../../sdk/vim/generated/vim25.ts", import.meta.url);
  report("vim.table_kb", statSync(table).size / 1000, "kB");
  report(
    "vim.table_parse_ms",
    median(15, () => JSON.parse(vim25)),
    "ms",
  );
  report("vim.decode_all_ms", time(decodeAll), "ms");
  const editor = new OpenFile();
  report(
    "vim.completion_first_ms",
    time(() => complete(editor, 0)),
    "ms",
  );
  let typed = 0;
  report(
    "vim.completion_ms",
    median(15, () => complete(editor, typed++)),
    "ms",
  );
}

function decodeAll(): void {
  for (const name of typeNames("data")) dataType(name);
  for (const name of typeNames("enum")) enumType(name);
  for (const name of typeNames("managed")) managedType(name);
}

const paths = ['"|"', '"name", "config.|"', '"name", "config.hardware.num|"', '"config.hardware.device[4000].|"'];

/** One key pressed in a file that retrieves properties: each time the text is another. */
function complete(editor: OpenFile, typed: number): void {
  const offered = editor.complete(`
    import type { CheckedPath, ManagedType, Ref, Row } from "../../sdk/vim/index.ts";
    declare function retrieve<T extends ManagedType, const P extends string>(
      refs: readonly Ref<T>[],
      paths: readonly CheckedPath<T, P>[],
    ): Row<T, P>[];
    declare const vms: Ref<"VirtualMachine">[];
    const rows${typed} = retrieve(vms, [${paths[typed % paths.length]}]);`);
  if (offered.length < 5) throw new Error("the editor offers no paths");
}

function time(act: () => unknown): number {
  const start = performance.now();
  act();
  return performance.now() - start;
}

function median(runs: number, act: () => unknown): number {
  const times = Array.from({ length: runs }, () => time(act)).sort((a, b) => a - b);
  return times[runs >> 1] ?? 0;
}
