import { type Binding, converted } from "../bind/bind.ts";
import { membership, type Parameter } from "../bind/parameter.ts";
import { missingMandatory } from "../bind/problems.ts";
import { chooseSet, hasMandatory, missingIn } from "../bind/sets.ts";
import type { Maybe } from "../maybe.ts";
import type { Value } from "../values/value.ts";
import type { Frame } from "./frame.ts";

/** Asks for mandatory parameters that were not given; without anybody to ask it is an error. */
export function askMandatory(binding: Binding, frame: Frame, hasInput: boolean, command = ""): Maybe<void> {
  const { plan, values } = binding;
  if (!hasMandatory(plan)) return undefined;
  const set = chooseSet(plan, binding.sets, values, hasInput);
  const missing = missingIn(plan, set, values, hasInput);
  if (missing.length === 0) return undefined;
  if (!frame.engine.host.interactive) {
    const error = missingMandatory(missing);
    if (command !== "") error.record.command = command;
    throw error;
  }
  return askEach(binding, missing, frame).then(() => {
    binding.sets = binding.sets.filter((each) =>
      missing.every((parameter) => membership(parameter, each) !== undefined),
    );
  });
}

async function askEach(binding: Binding, missing: readonly Parameter[], frame: Frame): Promise<void> {
  for (const parameter of missing) {
    const value = await answer(parameter, frame);
    binding.values.set(parameter, converted(binding.plan, parameter, value, undefined));
  }
}

/** An array is asked for element by element until an empty line. */
async function answer(parameter: Parameter, frame: Frame): Promise<Value> {
  const ask = (message: string) =>
    frame.engine.ask({ kind: "text", message, secret: /SecureString/i.test(parameter.typeName) });
  if (!parameter.typeName.endsWith("[]")) return ask(`${parameter.name}: `);
  const items: string[] = [];
  for (;;) {
    const line = await ask(`${parameter.name}[${items.length}]: `);
    if (line === "") return items;
    items.push(line);
  }
}
