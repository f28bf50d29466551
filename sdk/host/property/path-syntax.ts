import { fault } from "../faults.ts";

/** One step of a path: a property, or the element of an array property that has a key. */
export interface Step {
  readonly name: string;
  readonly key: string | number | undefined;
}

const step = /([A-Za-z_]\w*)(?:\[(?:(-?\d+)|"([^"]*)")\])?(?:\.|$)/y;
/** No real path is nearly as long. */
const longest = 1000;

export const invalidProperty = (path: string, why: string) =>
  fault("InvalidProperty", { name: path }, `The property '${path}' is not valid. ${why}`);

/** Takes a path apart: `config.hardware.device[4000].backing`, `config.extraConfig["guestinfo.ip"].value`. */
export function stepsOf(path: string): readonly Step[] {
  if (path.length > longest) throw invalidProperty(`${path.slice(0, 100)}...`, `It has ${path.length} characters.`);
  const steps: Step[] = [];
  for (let at = 0; at < path.length || steps.length === 0; at = step.lastIndex) {
    step.lastIndex = at;
    const match = step.exec(path);
    const name = match?.[1];
    if (!match || name === undefined) {
      throw invalidProperty(
        path,
        'A path is names joined by dots, an element of an array by its key: device[4000], extraConfig["key"].',
      );
    }
    steps.push({ name, key: match[2] === undefined ? match[3] : Number(match[2]) });
  }
  if (path.endsWith(".")) throw invalidProperty(path, "It ends with a dot.");
  return steps;
}

/** What a step leads to in a value that is at hand; undefined where there is nothing. */
export function follow(value: unknown, { name, key }: Step): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const found: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
  if (key === undefined) return found;
  return Array.isArray(found) ? found.find((element: unknown) => keyOfElement(element) === key) : undefined;
}

/** By what an element of an array is found: its key, the id of a reference, or itself. */
export function keyOfElement(element: unknown): string | number | undefined {
  if (typeof element === "string" || typeof element === "number") return element;
  if (typeof element !== "object" || element === null) return undefined;
  const key: unknown =
    "key" in element ? element.key : "value" in element && "type" in element ? element.value : undefined;
  return typeof key === "string" || typeof key === "number" ? key : undefined;
}
