import { command, eachInTurn } from "../../language/index.ts";
import { scoped, scopeNamed, scopeParameter } from "./scope-parameter.ts";

export const removeVariable = command({
  name: "Remove-Variable",
  aliases: ["rv"],
  summary: "Removes variables.",
  parameters: {
    Name: { type: "string[]", position: 0, mandatory: true, pipeline: "property", help: "The variables, without $." },
    Scope: scopeParameter,
    Force: { type: "switch", help: "Accepted for compatibility." },
  },
  examples: [
    { code: "$old = 1; Remove-Variable old; $null -eq $old", note: "A variable that is gone.", output: "True\n" },
  ],
  process(ctx, { Name, Scope }) {
    const scope = scopeNamed(Scope);
    return eachInTurn(Name, (name) => {
      if (ctx.session.removeVariable(scoped(name, scope))) return;
      const options = { category: "ObjectNotFound", id: "VariableNotFound", target: name } as const;
      return ctx.error(`Cannot find a variable with the name '${name}'.`, options);
    });
  },
});
