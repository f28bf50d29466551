import { command, SecureString, scriptError, toText } from "../../language/index.ts";

export const readHost = command({
  name: "Read-Host",
  summary: "Asks whoever runs the script for a line of text.",
  description: "Fails when there is nobody to ask: when the input is no terminal, or with --no-input.",
  parameters: {
    Prompt: { type: "object", position: 0, remaining: true, help: "The question." },
    AsSecureString: { type: "switch", help: "Hides what is typed and gives a secure string." },
    MaskInput: { type: "switch", help: "Hides what is typed and gives text." },
  },
  outputs: "System.String",
  examples: [
    {
      code: "try { Read-Host 'How many desktops' } catch { 'Nobody to ask.' }",
      note: "A script that also runs where nobody answers.",
    },
  ],
  async process(ctx, { Prompt = null, AsSecureString, MaskInput }) {
    if (!ctx.session.host.interactive) {
      throw scriptError("There is nobody to answer Read-Host: give the value as a parameter or variable instead.", {
        category: "InvalidOperation",
        type: "System.Management.Automation.PSInvalidOperationException",
        id: "NonInteractive",
      });
    }
    const message = toText(Prompt);
    const answer = await ctx.prompt({ kind: "text", message, secret: AsSecureString || MaskInput });
    return ctx.write(AsSecureString ? new SecureString(answer) : answer);
  },
});
