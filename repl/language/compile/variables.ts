import type { VariableNode } from "../ast/expressions.ts";
import { scriptError } from "../errors/script-error.ts";
import type { Frame } from "../run/frame.ts";
import { changes, type Scope, type Variable } from "../run/scope.ts";
import { NOTHING } from "../values/nothing.ts";
import type { Value } from "../values/value.ts";
import { type Code, constant, maybe, pure } from "./code.ts";

/** Names that stand for a value whatever is assigned. */
const CONSTANTS = new Map<string, Value>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** Reads a variable; `raw` leaves the mark of a statement that put nothing out. */
export function readVariable(node: VariableNode, raw = false): Code {
  const key = node.name.toLowerCase();
  const { scope } = node;
  if (scope === undefined) {
    const fixed = CONSTANTS.get(key);
    if (fixed !== undefined) return constant(fixed);
    if (key === "_" || key === "psitem") return pure((frame) => frame.item);
    if (key === "?") return pure((frame) => frame.engine.succeeded);
    return raw ? pure(lookup(key)) : pure(seenLookup(key));
  }
  if (scope === "global" || scope === "script") {
    return pure((frame) =>
      shown(frame.scope.nearest(scope).own(key)?.value ?? frame.engine.automatic(key, frame), raw),
    );
  }
  if (scope === "local" || scope === "private") return pure((frame) => shown(frame.scope.own(key)?.value ?? null, raw));
  if (scope === "using" || scope === "variable") return pure(seenLookup(key));
  return maybe((frame) => frame.engine.drives.read(scope, node.name, frame));
}

function shown(value: Value | undefined, raw: boolean): Value {
  return value === undefined || (value === NOTHING && !raw) ? null : value;
}

/** Finds a variable, and remembers where as long as nothing changed that could matter. */
function lookup(key: string): (frame: Frame) => Value {
  let scope: Scope | undefined;
  let stamp = -1;
  let found: Variable | undefined;
  return (frame) => {
    const here = frame.scope;
    if (here === scope && here.version + changes.count === stamp && found) return found.value;
    const variable = here.find(key);
    if (variable === undefined) return frame.engine.automatic(key, frame);
    scope = here;
    stamp = here.version + changes.count;
    found = variable;
    return variable.value;
  };
}

function seenLookup(key: string): (frame: Frame) => Value {
  let scope: Scope | undefined;
  let stamp = -1;
  let found: Variable | undefined;
  return (frame) => {
    const here = frame.scope;
    if (here === scope && here.version + changes.count === stamp && found) {
      const { value } = found;
      return value === NOTHING ? null : value;
    }
    const variable = here.find(key);
    if (variable === undefined) return frame.engine.automatic(key, frame);
    scope = here;
    stamp = here.version + changes.count;
    found = variable;
    return variable.value === NOTHING ? null : variable.value;
  };
}

/** Assigns to a variable of the innermost scope, or of the one that is named. */
export function writeVariable(node: VariableNode): (frame: Frame, value: Value) => void {
  const key = node.name.toLowerCase();
  const { scope, name } = node;
  if (scope === undefined || scope === "local" || scope === "private") return writeLocal(key, name);
  if (scope === "global" || scope === "script") {
    return (frame, value) => {
      const target = frame.scope.nearest(scope);
      if (target !== frame.scope && !target.own(key)) changes.count += 1;
      store(target.declare(key, name), value);
    };
  }
  if (scope === "variable") return writeLocal(key, name);
  return (frame, value) => frame.engine.drives.write(scope, name, value, frame);
}

function writeLocal(key: string, name: string): (frame: Frame, value: Value) => void {
  // `$null = ...` is how scripts throw a value away.
  if (key === "null") return () => undefined;
  if (CONSTANTS.has(key)) {
    return () => {
      throw scriptError(`Cannot overwrite variable ${name} because it is read-only or constant.`, {
        category: "WriteError",
        id: "VariableNotWritable",
        target: name,
        type: "System.Management.Automation.SessionStateException",
      });
    };
  }
  if (key === "_" || key === "psitem") {
    return (frame, value) => {
      frame.item = value;
    };
  }
  let scope: Scope | undefined;
  let stamp = -1;
  let found: Variable | undefined;
  return (frame, value) => {
    const here = frame.scope;
    if (here !== scope || here.version + changes.count !== stamp || found === undefined) {
      found = here.declare(key, name);
      scope = here;
      stamp = here.version + changes.count;
    }
    if (found.convert === undefined && !found.readOnly) found.value = value;
    else store(found, value);
  };
}

/** Assigns to a variable with all that may be attached to it. */
export function store(variable: Variable, value: Value): void {
  if (variable.readOnly) {
    throw scriptError(`Cannot overwrite variable ${variable.name} because it is read-only or constant.`, {
      category: "WriteError",
      id: "VariableNotWritable",
      target: variable.name,
      type: "System.Management.Automation.SessionStateException",
    });
  }
  variable.value = variable.convert ? variable.convert(value === NOTHING ? null : value) : value;
}
