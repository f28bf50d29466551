import { emitKeypressEvents } from "node:readline";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { type Key, keyOf } from "../../../repl/editor/keys.ts";

function decode(bytes: string): readonly string[] {
  const stream = new PassThrough();
  const keys: Key[] = [];
  emitKeypressEvents(stream);
  stream.on("keypress", (character, key) => keys.push(keyOf(character, key)));
  stream.emit("data", Buffer.from(bytes));
  stream.destroy();
  return keys.map(({ name, text }) => (name === "text" ? `'${text}` : name));
}

test.each([
  ["aZ1 é😀", ["'a", "'Z", "'1", "' ", "'é", "'😀"]],
  ["\r\n\t", ["enter", "enter", "tab"]],
  ["\x01\x0b\x19\x1f", ["ctrl-a", "ctrl-k", "ctrl-y", "ctrl-_"]],
  ["\x7f\b\x1b\x7f", ["backspace", "backspace", "alt-backspace"]],
  ["\x1bb\x1bf\x1b<\x1by", ["alt-b", "alt-f", "alt-<", "alt-y"]],
  ["\x1b[A\x1bOB\x1b[1;5C\x1b[1;3D", ["up", "down", "ctrl-right", "alt-left"]],
  ["\x1b[Z\x1b[3~\x1b[H\x1b[F\x1b\r\x1b[13;2u", ["shift-tab", "delete", "home", "end", "alt-enter", "shift-enter"]],
  ["\x1b[200~a\x1b[201~", ["paste-start", "'a", "paste-end"]],
  ["\x1b[I", ["unknown"]],
])("the bytes %j are the keys %j", (bytes, keys) => {
  expect(decode(bytes)).toEqual(keys);
});
