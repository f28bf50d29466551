import { command, scriptError } from "../../language/index.ts";
import { aliasInfo } from "../command/command-info.ts";
import { allAliases } from "./all-aliases.ts";

export const newAlias = command({
  name: "New-Alias",
  aliases: ["nal"],
  summary: "Gives a command another name that is not taken yet, for this session.",
  parameters: {
    Name: { type: "string", position: 0, mandatory: true, help: "The new name." },
    Value: {
      type: "string",
      position: 1,
      mandatory: true,
      complete: "Command",
      help: "The command, function or script.",
    },
    PassThru: { type: "switch", help: "Puts the alias out." },
    Force: { type: "switch", help: "Replaces an alias that is there." },
    Scope: { type: "string", help: "Accepted for compatibility: aliases belong to the session." },
    Option: { type: "string", help: "Accepted for compatibility." },
    Description: { type: "string", help: "Accepted for compatibility." },
  },
  examples: [
    { code: "New-Alias later Start-Sleep; (Get-Alias later).Definition", note: "A new name.", output: "Start-Sleep\n" },
  ],
  process(ctx, { Name, Value: definition, PassThru, Force }) {
    if (!Force && allAliases(ctx.session).some(({ alias }) => alias.toLowerCase() === Name.toLowerCase())) {
      throw scriptError(`The alias '${Name}' is there already.`, {
        category: "ResourceExists",
        id: "AliasAlreadyExists",
        target: Name,
      });
    }
    ctx.session.aliases.set(Name.toLowerCase(), { name: Name, definition });
    if (PassThru) return ctx.write(aliasInfo(Name, definition));
  },
});
