import { pathToFileURL } from "node:url";

/** Takes one figure; `aim` is what it is to be at most, where there is such a thing. */
export type Report = (name: string, value: number, unit: string, aim?: number) => void;

/** Loads one module, runs it, and sends each figure to the process that started this one. */
const path = process.argv[2] ?? "";
process.once("disconnect", () => process.exit(1));
const module: unknown = await import(pathToFileURL(path).href);
if (!measures(module)) throw new Error(`${path} exports a group, so it has to export run(report), too`);

const sent: Promise<void>[] = [];
await module.run((name, value, unit, aim) => {
  const rounded = Number.isInteger(value) ? value : Number(value.toPrecision(6));
  const figure = { name, value: rounded, unit, ...(aim === undefined ? {} : { aim }) };
  sent.push(new Promise((resolve) => process.send?.(figure, () => resolve())));
});
await Promise.all(sent);
// What a module leaves open, a server for example, is no reason to stay.
process.exit(0);

function measures(value: unknown): value is { run(report: Report): Promise<void> } {
  return typeof value === "object" && value !== null && "run" in value && typeof value.run === "function";
}
