import { command, eachInTurn, type Value } from "../../language/index.ts";
import { scopeOptions, scopeParameter } from "./scope-parameter.ts";
import { variableObject } from "./variable-object.ts";

export const setVariable = command({
  name: "Set-Variable",
  aliases: ["sv", "set"],
  summary: "Sets variables, or makes them.",
  parameters: {
    Name: { type: "string[]", position: 0, mandatory: true, pipeline: "property", help: "The variables, without $." },
    Value: { type: "object", position: 1, pipeline: "both", help: "The value; several objects are an array." },
    Scope: scopeParameter,
    PassThru: { type: "switch", help: "Puts the variables out." },
    Force: { type: "switch", help: "Accepted for compatibility." },
    Option: { type: "string", help: "ReadOnly or Constant: the variable cannot be changed; None." },
    Description: { type: "string", help: "Accepted for compatibility." },
    Visibility: { type: "string", help: "Accepted for compatibility." },
  },
  state: () => ({ values: [] as Value[] }),
  examples: [
    { code: "Set-Variable cpus 4; $cpus", note: "A variable by its name.", output: "4\n" },
    { code: "1..3 | Set-Variable numbers; $numbers.Count", note: "What came through a pipeline.", output: "3\n" },
  ],
  process(ctx, { Value: value = null }) {
    ctx.state.values.push(value);
  },
  end(ctx, { Name, Scope, PassThru, Option }) {
    const { values } = ctx.state;
    const value = values.length === 1 ? (values[0] ?? null) : values;
    const readOnly = Option === undefined ? {} : { readOnly: /^(readonly|constant)$/i.test(Option) };
    for (const name of Name) ctx.session.setVariable(name, value, { ...scopeOptions(Scope), ...readOnly });
    if (PassThru) return eachInTurn(Name, (name) => ctx.write(variableObject(name, value)));
  },
});
