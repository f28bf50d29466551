import type { vim } from "../../../../sdk/vim/index.ts";

type Values = Map<string, unknown>;

/** What a client knows that has applied every update it was sent: objects by id, their values by the paths it asked for. */
export class Model {
  readonly objects = new Map<string, Values>();
  readonly #paths: readonly string[] | undefined;

  /** With the paths that were asked for, so that partial updates find their place; without, whole properties. */
  constructor(paths: readonly string[] | undefined) {
    this.#paths = paths;
  }

  apply(set: vim.UpdateSet, filter: string): void {
    for (const of of set.filterSet ?? []) {
      if (of.filter.value === filter) for (const update of of.objectSet ?? []) this.#applyOne(update);
    }
  }

  #applyOne({ kind, obj, changeSet, missingSet }: vim.ObjectUpdate): void {
    const known = this.objects.get(obj.value);
    if (kind === "leave") {
      if (!known) throw new Error(`${obj.value} leaves, which never entered`);
      this.objects.delete(obj.value);
      return;
    }
    if (kind === "enter" && known) throw new Error(`${obj.value} enters twice`);
    if (kind === "modify" && !known) throw new Error(`${obj.value} is modified, which never entered`);
    const values: Values = known ?? new Map();
    this.objects.set(obj.value, values);
    for (const change of changeSet ?? []) this.#change(values, change);
    for (const { path } of missingSet ?? []) values.delete(path);
  }

  #change(values: Values, { name, op, val }: vim.PropertyChange): void {
    const paths = this.#paths ?? [/^\w+/.exec(name)?.[0] ?? name];
    const path =
      paths.find((asked) => name === asked) ??
      paths.find((asked) => [".", "["].includes(name.slice(asked.length, asked.length + 1)) && name.startsWith(asked));
    if (path === undefined) throw new Error(`${name} was not asked for`);
    const rest = name.slice(path.length);
    const value = thawed(val);
    if (rest === "") {
      if (op === "assign" && value !== undefined) values.set(path, value);
      else values.delete(path);
      return;
    }
    const box: Record<string, unknown> = { it: values.get(path) };
    setAt(box, [{ name: "it" }, ...stepsOf(rest)], op, value);
    values.set(path, box.it);
  }
}

interface Step {
  readonly name?: string;
  readonly key?: string | number;
}

function stepsOf(rest: string): Step[] {
  const steps: Step[] = [];
  for (const [, name, number, text] of rest.matchAll(/\.(\w+)|\[(-?\d+)\]|\["([^"]*)"\]/g)) {
    if (name !== undefined) steps.push({ name });
    else steps.push({ key: number === undefined ? (text ?? "") : Number(number) });
  }
  return steps;
}

const keyOf = (element: { key?: unknown; value?: unknown }) => element.key ?? element.value;

function setAt(root: Record<string, unknown>, steps: readonly Step[], op: string, value: unknown): void {
  let at: unknown = root;
  for (const [i, step] of steps.entries()) {
    const last = i === steps.length - 1;
    if (step.name !== undefined) {
      const object = at as Record<string, unknown>;
      if (!last) {
        if (object[step.name] === undefined) object[step.name] = steps[i + 1]?.key === undefined ? {} : [];
        at = object[step.name];
      } else if (op === "assign" && value !== undefined) object[step.name] = value;
      else delete object[step.name];
      continue;
    }
    const array = at as { key?: unknown; value?: unknown }[];
    const index = array.findIndex((element) => keyOf(element) === step.key);
    if (!last) at = array[index];
    else if (op === "add") array.push(value as object);
    else if (op === "assign") array[index] = value as object;
    else array.splice(index, 1);
  }
}

const thawed = (value: unknown): unknown => (value === undefined ? undefined : structuredClone(value));

/** What passes by itself, which a filter does not tell of; and type names, which an element sent on its own has and one in its array has not. */
const passing = new Set(["_typeName", "timestamp", "uptimeSeconds", "uptime", "serverClock", "cpu", "memory"]);

/** A value to compare: references in order, without what passes by itself and without empty arrays inside. */
export function comparable(value: unknown): unknown {
  if (Array.isArray(value)) {
    const list = value.map(comparable);
    const refs = list.every(
      (element) => typeof element === "object" && element !== null && "type" in element && "value" in element,
    );
    return refs ? list.map((element) => JSON.stringify(element)).sort() : list;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, part]) => !passing.has(name) && !(Array.isArray(part) && part.length === 0) && part !== undefined)
      .map(([name, part]) => [name, comparable(part)]),
  );
}

/** Objects and values of a fresh retrieval, or of a model, in a form that can be compared. */
export function sorted(
  objects: Iterable<readonly [string, Iterable<readonly [string, unknown]>]>,
): Record<string, unknown> {
  const entries = [...objects].map(([id, values]): [string, unknown] => [
    id,
    Object.fromEntries(
      [...values]
        .map(([name, value]): [string, unknown] => [name, comparable(value)])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  ]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
