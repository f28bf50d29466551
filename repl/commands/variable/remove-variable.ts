import { command, eachInTurn } from "../../language/index.ts";
import { missing } from "./get-variable.ts";
import { scopeOptions, scopeParameter } from "./scope-parameter.ts";

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
    return eachInTurn(Name, (name) => {
      if (!ctx.session.removeVariable(name, scopeOptions(Scope))) return missing(ctx, name);
    });
  },
});
