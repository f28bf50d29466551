import type { ExecResult } from "just-bash";
import { configured, type Settings } from "../../identity/settings.ts";
import type { GuestSession } from "../guest-session.ts";
import { complain, done } from "../output.ts";
import { textIn } from "./text-files.ts";

/** Ubuntu's: reads the YAML of `/etc/netplan`, as far as scripts write it. */
export function netplan(session: GuestSession, [verb]: string[]): ExecResult {
  if (verb === "generate") return done();
  if (verb !== "apply" && verb !== "try") return complain(`netplan: '${verb ?? ""}' is not known here: apply is`);
  const { files } = session;
  const texts = files.namesIn("/etc/netplan").map((name) => textIn(files, `/etc/netplan/${name}`));
  session.network = configured(session.network, ({ name, mac }) =>
    texts.map((text) => settingsIn(text, name, mac)).findLast((settings) => settings !== undefined),
  );
  return done();
}

function settingsIn(text: string, name: string, mac: string): Settings | undefined {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.trim().startsWith("#"));
  const start = lines.findIndex((line, i) => {
    const key = /^\s+([\w*.-]+):\s*$/.exec(line)?.[1];
    if (key === undefined) return false;
    const match = /macaddress:\s*["']?([0-9a-f:]+)/i.exec(below(lines, i).join("\n"))?.[1];
    return key === name
      ? match === undefined || match.toLowerCase() === mac
      : match?.toLowerCase() === mac && depth(line) > 2;
  });
  if (start < 0) return undefined;
  const all = below(lines, start);
  const at = all.findIndex((line) => /^\s*nameservers:/.test(line));
  const servers = at < 0 ? [] : below(all, at);
  const own = at < 0 ? all : [...all.slice(0, at), ...all.slice(at + 1 + servers.length)];
  const body = own.join("\n");
  return {
    addresses: listIn(body, "addresses"),
    dhcp: /dhcp4:\s*(true|yes|on)/.test(body),
    gateway: /gateway4:\s*(\S+)/.exec(body)?.[1] ?? /via:\s*["']?([\d.]+)/.exec(body)?.[1],
    servers: listIn(servers.join("\n"), "addresses"),
    search: listIn(servers.join("\n"), "search"),
  };
}

const depth = (line: string): number => line.length - line.trimStart().length;

/** The lines that belong to one. */
function below(lines: readonly string[], start: number): string[] {
  const own = depth(lines[start] ?? "");
  const end = lines.findIndex((line, i) => i > start && depth(line) <= own);
  return lines.slice(start + 1, end < 0 ? undefined : end);
}

/** `key: [a, b]`, or a line with a dash for each. */
function listIn(body: string, key: string): string[] {
  const inline = new RegExp(`${key}:\\s*\\[([^\\]]*)\\]`).exec(body)?.[1];
  const lines = new RegExp(`${key}:[ \\t]*\\n((?:[ \\t]*-[^\\n]*\\n?)+)`).exec(body)?.[1];
  return (inline ?? lines ?? "")
    .split(/[,\n]/)
    .map((item) =>
      item
        .trim()
        .replace(/^-\s*/, "")
        .replace(/^["']|["']$/g, ""),
    )
    .filter((item) => item !== "");
}
