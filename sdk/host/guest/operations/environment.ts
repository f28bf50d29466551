import type { GuestFiles } from "../files/guest-files.ts";
import type { Account } from "./account.ts";

/** The variables that an account's programs find, as `NAME=value`: the system's of `/etc/environment`, and the account's own. */
export function environmentOf(files: GuestFiles, account: Account): ReadonlyMap<string, string> {
  const variables = new Map([["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]]);
  const system = files.exists("/etc/environment") ? files.readFile("/etc/environment") : new Uint8Array(0);
  for (const line of new TextDecoder().decode(system).split("\n")) {
    const [, name, value = ""] = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) variables.set(name, value.replace(/^(["'])(.*)\1$/, "$2"));
  }
  const { name, home, shell } = account;
  for (const [key, value] of Object.entries({ HOME: home, LOGNAME: name, PWD: home, SHELL: shell, USER: name }))
    variables.set(key, value);
  return variables;
}

/** `NAME=value` lines: of the names given (those that are not there are left out), or all. */
export function environmentLines(variables: ReadonlyMap<string, string>, names: readonly string[] = []): string[] {
  const wanted = names.length > 0 ? names.filter((name) => variables.has(name)) : [...variables.keys()].sort();
  return wanted.map((name) => `${name}=${variables.get(name) ?? ""}`);
}
