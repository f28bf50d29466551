import { type CommandContext, command, eachInTurn, type Maybe } from "../../language/index.ts";
import { hasWildcard, wildcard } from "../../language/regex/wildcard.ts";
import { scopeOptions, scopeParameter } from "./scope-parameter.ts";
import { variableObject } from "./variable-object.ts";

export const getVariable = command({
  name: "Get-Variable",
  aliases: ["gv"],
  summary: "Lists variables.",
  parameters: {
    Name: { type: "string[]", position: 0, pipeline: "both", wildcard: true, help: "The variables, without $." },
    ValueOnly: { type: "switch", help: "Puts out the values only." },
    Include: { type: "string[]", wildcard: true, help: "Only variables with these names." },
    Exclude: { type: "string[]", wildcard: true, help: "Variables to leave out." },
    Scope: scopeParameter,
  },
  outputs: "System.Management.Automation.PSVariable",
  examples: [
    { code: "$cpus = 4; Get-Variable cpus -ValueOnly", note: "The value of a variable.", output: "4\n" },
    { code: "$desk1 = 1; $desk2 = 2; (Get-Variable desk*).Count", note: "Variables by a pattern.", output: "2\n" },
  ],
  process(ctx, { Name = ["*"], ValueOnly, Include = ["*"], Exclude = [], Scope }) {
    const options = scopeOptions(Scope);
    const fits = (patterns: readonly string[], text: string) =>
      patterns.some((pattern) => wildcard(pattern).test(text));
    const all = ctx.session
      .variables(options)
      .filter(({ name }) => fits(Include, name) && !fits(Exclude, name))
      .sort((left, right) => left.name.localeCompare(right.name, "en"));
    return eachInTurn(Name, (name) => {
      const found = all.filter((variable) => wildcard(name).test(variable.name));
      // Facts about the running script, such as $args, are read by name only.
      const automatic = found.length === 0 && !hasWildcard(name) ? ctx.session.getVariable(name, options) : undefined;
      if (automatic !== undefined) found.push({ name, value: automatic, readOnly: true });
      if (found.length === 0 && !hasWildcard(name)) return missing(ctx, name);
      return eachInTurn(found, (one) =>
        ctx.writeWhole(ValueOnly ? one.value : variableObject(one.name, one.value, one.readOnly)),
      );
    });
  },
});

/** Reports that there is no such variable. */
export function missing(ctx: CommandContext<unknown>, name: string): Maybe<void> {
  const options = { category: "ObjectNotFound", id: "VariableNotFound", target: name } as const;
  return ctx.error(`Cannot find a variable with the name '${name}'.`, options);
}
