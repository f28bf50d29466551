import type { GuestFiles } from "../files/guest-files.ts";
import { quoted } from "../program/quote.ts";
import { type Words, wordsOf } from "./words.ts";

interface Line {
  readonly programPath: string;
  readonly arguments: string;
}

const shells: ReadonlySet<string> = new Set(["sh", "bash", "dash"]);

/**
 * The script that a program is: that of a shell with `-c` or with a file, or of a file that begins with `#!` and a shell. It may
 * then freeze where it likes, which it could not if it were a program that another one waits for. Undefined for all others, and
 * where only a shell could say what the arguments are.
 */
export function scriptOf(files: GuestFiles, line: Line, directory: string): string | undefined {
  const words = wordsOf(line.arguments);
  if (!words) return undefined;
  const read = (path: string) => textOf(files, path.startsWith("/") ? path : `${directory}/${path}`);
  const name = line.programPath.slice(line.programPath.lastIndexOf("/") + 1);
  if (shells.has(name)) return ofShell(words, read);
  const text = read(line.programPath);
  return text !== undefined && isForShell(text) ? whole(text, "", words.words, words) : undefined;
}

/** `#!/bin/bash`, `#!/usr/bin/env bash`, with options that mean nothing here. */
const isForShell = (text: string): boolean => /^#!\s*(?:\/\S*\/env\s+)?(?:\/?\S*\/)?(?:ba|da)?sh(?:\s|$)/.test(text);

function ofShell(words: Words, read: (path: string) => string | undefined): string | undefined {
  const rest = [...words.words];
  let options = "";
  let command = false;
  for (let first = rest[0]; first !== undefined && /^[-+]/.test(first) && first !== "-"; first = rest[0]) {
    rest.shift();
    if (first === "--") break;
    // What these do is known; with others the shell itself is asked.
    if (!/^-[ceuxl]+$/.test(first)) return undefined;
    command ||= first.includes("c");
    options += first.replace(/[-cl]/g, "");
  }
  const [what, ...args] = rest;
  if (what === undefined) return undefined;
  // Behind the text of -c comes the name that the script is to have, and then its arguments.
  if (command) return whole(what, options, args.slice(1), words);
  const text = read(what);
  return text === undefined ? undefined : whole(text, options, args, words);
}

function whole(text: string, options: string, args: readonly string[], { redirections }: Words): string {
  const before = [
    redirections === "" ? "" : `exec ${redirections}\n`,
    options === "" ? "" : `set -${options}\n`,
    args.length === 0 ? "" : `set -- ${args.map(quoted).join(" ")}\n`,
  ];
  return `${before.join("")}${text}`;
}

/** A script is text, and no larger than one is. */
const largest = 2 ** 20;

function textOf(files: GuestFiles, path: string): string | undefined {
  if (!files.exists(path)) return undefined;
  const { type, size } = files.stat(path);
  if (type !== "file" || size > largest) return undefined;
  const bytes = files.readFile(path);
  return bytes.includes(0) ? undefined : new TextDecoder().decode(bytes);
}
