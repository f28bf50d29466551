import { command } from "../../language/index.ts";
import { hasWildcard, wildcard } from "../../language/regex/wildcard.ts";
import { aliasInfo } from "../command/command-info.ts";
import { allAliases } from "./all-aliases.ts";

export const getAlias = command({
  name: "Get-Alias",
  aliases: ["gal"],
  summary: "Lists the aliases of commands.",
  parameters: {
    Name: { type: "string[]", position: 0, pipeline: "both", wildcard: true, help: "The aliases." },
    Definition: { type: "string[]", wildcard: true, help: "Only aliases of these commands." },
    Exclude: { type: "string[]", wildcard: true, help: "Aliases to leave out." },
    Scope: { type: "string", help: "Accepted for compatibility." },
  },
  outputs: "System.Management.Automation.AliasInfo",
  examples: [
    { code: "(Get-Alias ?).Definition", note: "What an alias stands for.", output: "Where-Object\n" },
    { code: "Get-Alias -Definition Format-* | ForEach-Object Name", note: "Aliases of commands.", output: "fl\nft\n" },
  ],
  process(ctx, { Name = ["*"], Definition = ["*"], Exclude = [] }) {
    const fits = (patterns: readonly string[], text: string) =>
      patterns.some((pattern) => wildcard(pattern).test(text));
    // `?` is an alias as well as a wildcard.
    const named = (name: string, alias: string) =>
      alias.toLowerCase() === name.toLowerCase() || (name !== "?" && wildcard(name).test(alias));
    const found = allAliases(ctx.session).filter(
      ({ alias, definition }) =>
        Name.some((name) => named(name, alias)) && fits(Definition, definition) && !fits(Exclude, alias),
    );
    const [wanted = ""] = Name;
    if (found.length === 0 && !hasWildcard(wanted)) {
      const options = { category: "ObjectNotFound", id: "ItemNotFoundException", target: wanted } as const;
      return ctx.error(`There is no alias named '${wanted}'.`, options);
    }
    return ctx.write(found.map(({ alias, definition, summary }) => aliasInfo(alias, definition, summary)));
  },
});
