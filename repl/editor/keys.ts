import type { Key as NodeKey } from "node:readline";

/**
 * One key as the editor knows it: `text` for what types a character, else a name such as `ctrl-a`, `alt-b`,
 * `shift-tab`, `up`, `paste-start`.
 */
export interface Key {
  readonly name: string;
  readonly text: string;
}

const controls = /[\u0000-\u001f\u007f-\u009f]/;

// what terminals send for keys that Node has no name for
const bySequence: Readonly<Record<string, string>> = {
  "\u001f": "ctrl-_",
  "\u001b\u0008": "alt-backspace",
  "\u001b[13;2u": "shift-enter",
  "\u001b[27;2;13~": "shift-enter",
};

/** Names a key that `node:readline`'s decoder reports. */
export function keyOf(character: string | undefined, key: NodeKey): Key {
  const sequence = key.sequence ?? character ?? "";
  const named = bySequence[sequence];
  if (named !== undefined) return { name: named, text: "" };
  if (!key.ctrl && !key.meta && character !== undefined && !controls.test(character)) {
    return { name: "text", text: character };
  }
  const text = printable(sequence);
  if (key.name === undefined || key.name === "undefined") return { name: key.meta ? `alt-${text}` : "unknown", text };
  // the decoder calls Return "return", and the line feed that Ctrl-J sends "enter"
  const name = key.name === "return" ? "enter" : key.name;
  const shift = key.shift && name.length > 1 ? "shift-" : "";
  return { name: `${key.meta ? "alt-" : ""}${key.ctrl ? "ctrl-" : ""}${shift}${name}`, text };
}

/** What of a key's bytes is text: within a paste a key is what it says, not what it does. */
function printable(sequence: string): string {
  if (sequence === "\r" || sequence === "\n" || sequence === "\t") return sequence;
  return /^\u001b[[O]/.test(sequence) ? "" : sequence.replace(new RegExp(controls, "g"), "");
}
