import { command } from "../../language/index.ts";

// Home, the screen and what was scrolled off it.
const clear = "\u001b[H\u001b[2J\u001b[3J";

export const clearHost = command({
  name: "Clear-Host",
  aliases: ["cls", "clear"],
  summary: "Empties the terminal's screen.",
  description: "Does nothing where the output is no terminal.",
  parameters: {},
  examples: [{ code: "Clear-Host", note: "An empty screen.", output: "" }],
  process() {
    if (process.stdout.isTTY) process.stdout.write(clear);
  },
});
