import { command, PSObject } from "../../language/index.ts";
import { scoped, scopeNamed, scopeParameter } from "./scope-parameter.ts";

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
    Option: { type: "string", help: "Accepted for compatibility." },
    Description: { type: "string", help: "Accepted for compatibility." },
    Visibility: { type: "string", help: "Accepted for compatibility." },
  },
  examples: [{ code: "New-Variable fresh 1; $fresh", note: "A new variable.", output: "1\n" }],
  process(ctx, { Name, Value: value = null, Scope, Force, PassThru }) {
    const scope = scopeNamed(Scope);
    if (!Force && ctx.session.getVariable(scoped(Name, scope)) !== undefined) {
      const options = { category: "ResourceExists", id: "VariableAlreadyExists", target: Name } as const;
      return ctx.error(`A variable with name '${Name}' already exists.`, options);
    }
    ctx.session.setVariable(Name, value, scope === undefined ? {} : { scope });
    if (PassThru) return ctx.write(PSObject.of({ Name, Value: value }, "System.Management.Automation.PSVariable"));
  },
});
