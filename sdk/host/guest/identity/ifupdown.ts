import type { GuestFiles } from "../files/guest-files.ts";
import { maskOf, prefixLength } from "./address.ts";
import type { Configured } from "./settings.ts";

/** What Debian's `/etc/network/interfaces` says. */
export function ifupdownSettings(files: GuestFiles): Configured {
  const stanzas = new Map<string, Map<string, string>>();
  let current: Map<string, string> | undefined;
  for (const line of linesOf(files, "/etc/network/interfaces")) {
    const [word = "", ...rest] = line.trim().split(/\s+/);
    if (word === "iface") {
      current = new Map([["method", rest[2] ?? ""]]);
      stanzas.set(rest[0] ?? "", current);
    } else if (/^(auto|allow-\S+|source|source-directory|mapping)$/.test(word)) current = undefined;
    else if (word !== "") current?.set(word, rest.join(" "));
  }
  return ({ name }) => {
    const stanza = stanzas.get(name);
    if (!stanza) return undefined;
    const address = stanza.get("address");
    const mask = prefixLength(stanza.get("netmask") ?? "") ?? 24;
    return {
      addresses: address === undefined ? [] : [address.includes("/") ? address : `${address}/${mask}`],
      dhcp: stanza.get("method") === "dhcp",
      gateway: stanza.get("gateway"),
      servers: (stanza.get("dns-nameservers") ?? "").split(" ").filter((word) => word !== ""),
      search: (stanza.get("dns-search") ?? "").split(" ").filter((word) => word !== ""),
    };
  };
}

/** What Red Hat's `ifcfg-eth0` files say. */
export function ifcfgSettings(files: GuestFiles): Configured {
  return ({ name }) => {
    const lines = linesOf(files, `/etc/sysconfig/network-scripts/ifcfg-${name}`);
    if (lines.length === 0) return undefined;
    const values = new Map(lines.map((line) => pair(line)));
    const address = values.get("IPADDR");
    const prefix = values.get("PREFIX") ?? prefixLength(values.get("NETMASK") ?? maskOf(24)) ?? 24;
    return {
      addresses: address === undefined ? [] : [`${address}/${prefix}`],
      dhcp: values.get("BOOTPROTO") === "dhcp",
      gateway: values.get("GATEWAY"),
      servers: ["DNS1", "DNS2"].map((key) => values.get(key)).filter((value) => value !== undefined),
      search: (values.get("DOMAIN") ?? "").split(" ").filter((word) => word !== ""),
    };
  };
}

function pair(line: string): [key: string, value: string] {
  const equals = line.indexOf("=");
  return [
    line.slice(0, equals).trim(),
    line
      .slice(equals + 1)
      .trim()
      .replace(/^(["'])(.*)\1$/, "$2"),
  ];
}

function linesOf(files: GuestFiles, path: string): string[] {
  if (!files.exists(path)) return [];
  return new TextDecoder()
    .decode(files.readFile(path))
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.trim().startsWith("#"));
}
