import { command } from "../../language/index.ts";
import { scopeOptions, scopeParameter } from "./scope-parameter.ts";
import { variableObject } from "./variable-object.ts";

export const newVariable = command({
  name: "New-Variable",
  aliases: ["nv"],
  summary: "Makes a variable that is not there yet.",
  parameters: {
    Name: { type: "string", position: 0, mandatory: true, pipeline: "property", help: "The variable, without $." },
    Value: { type: "object", position: 1, pipeline: "property", help: "The value." },
    Scope: scopeParameter,
    Force: { type: "switch", help: "Replaces a variable that is there." },
    PassThru: { type: "switch", help: "Puts the variable out." },
    Option: { type: "string", help: "ReadOnly or Constant: the variable cannot be changed; None." },
    Description: { type: "string", help: "Accepted for compatibility." },
    Visibility: { type: "string", help: "Accepted for compatibility." },
  },
  examples: [{ code: "New-Variable fresh 1; $fresh", note: "A new variable.", output: "1\n" }],
  process(ctx, { Name, Value: value = null, Scope, Force, PassThru, Option }) {
    const scope = scopeOptions(Scope ?? "Local");
    if (!Force && ctx.session.variables(scope).some(({ name }) => name.toLowerCase() === Name.toLowerCase())) {
      const options = { category: "ResourceExists", id: "VariableAlreadyExists", target: Name } as const;
      return ctx.error(`A variable with name '${Name}' already exists.`, options);
    }
    ctx.session.setVariable(Name, value, { ...scope, readOnly: /^(readonly|constant)$/i.test(Option ?? "") });
    if (PassThru) return ctx.write(variableObject(Name, value));
  },
});
