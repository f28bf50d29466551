import { fault, invalidArgument } from "../faults.ts";

/** Deeper than any specification nests; a value that refers to itself ends here. */
const deepest = 100;

/** A value in a message: short, whatever it is. */
export function shown(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.length > 100 ? `${value.slice(0, 100)}...` : value);
    case "object":
      return value === null ? "null" : Array.isArray(value) ? "an array" : "an object";
    case "function":
    case "symbol":
      return `a ${typeof value}`;
    default:
      return String(value);
  }
}

export const wrongType = (path: string, expected: string, given: unknown) =>
  fault(
    "InvalidType",
    { argument: path },
    `A specified parameter is of the wrong type: ${path} must be ${expected}, not ${shown(given)}.`,
  );

export const required = (path: string, what: string) => invalidArgument(path, `It is required: ${what}.`);

/** Throws InvalidRequest where values nest without an end. */
export function requireShallow(depth: number, path: string): void {
  if (depth > deepest) throw fault("InvalidRequest", {}, `${path.slice(0, 200)} is nested too deeply.`);
}
