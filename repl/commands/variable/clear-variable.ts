import { command, eachInTurn } from "../../language/index.ts";
import { missing } from "./get-variable.ts";
import { scopeOptions, scopeParameter } from "./scope-parameter.ts";

export const clearVariable = command({
  name: "Clear-Variable",
  aliases: ["clv"],
  summary: "Sets variables to $null.",
  parameters: {
    Name: { type: "string[]", position: 0, mandatory: true, pipeline: "property", help: "The variables, without $." },
    Scope: scopeParameter,
    Force: { type: "switch", help: "Accepted for compatibility." },
  },
  examples: [{ code: "$n = 1; Clear-Variable n; $null -eq $n", note: "Empty, but there.", output: "True\n" }],
  process(ctx, { Name, Scope }) {
    const scope = scopeOptions(Scope);
    return eachInTurn(Name, (name) => {
      if (ctx.session.getVariable(name, scope) === undefined) return missing(ctx, name);
      ctx.session.setVariable(name, null, scope);
    });
  },
});
