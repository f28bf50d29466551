import { command } from "../../language/index.ts";
import { aliasInfo } from "../command/command-info.ts";

export const setAlias = command({
  name: "Set-Alias",
  aliases: ["sal"],
  summary: "Gives a command another name, for this session.",
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
    Force: { type: "switch", help: "Accepted for compatibility." },
    Scope: { type: "string", help: "Accepted for compatibility: aliases belong to the session." },
    Option: { type: "string", help: "Accepted for compatibility." },
    Description: { type: "string", help: "Accepted for compatibility." },
  },
  examples: [
    { code: "Set-Alias now Get-Date; (Get-Alias now).Definition", note: "A name of one's own.", output: "Get-Date\n" },
  ],
  process(ctx, { Name, Value: definition, PassThru }) {
    ctx.session.aliases.set(Name.toLowerCase(), { name: Name, definition });
    if (PassThru) return ctx.write(aliasInfo(Name, definition));
  },
});
