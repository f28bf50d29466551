import type { GuestInterface } from "../../state/guest-record.ts";
import type { CachedFiles } from "../program/cached-files.ts";
import { type Section, sectionsOf, valuesOf } from "./ini.ts";
import type { Configured, Settings } from "./settings.ts";

/** Where systemd-networkd looks; a file of a name hides those of the same name further down. */
const directories = ["/etc/systemd/network", "/run/systemd/network", "/usr/lib/systemd/network"];

/** What systemd-networkd is configured to do: the first file that matches an interface counts. */
export function networkdSettings(files: CachedFiles): Configured {
  const found = new Map<string, readonly Section[]>();
  for (const directory of directories) {
    for (const name of files.namesIn(directory)) {
      const path = `${directory}/${name}`;
      if (name.endsWith(".network") && !found.has(name))
        found.set(name, sectionsOf(new TextDecoder().decode(files.readFile(path))));
    }
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sections]) => sections);
  return (interface_) => {
    const sections = sorted.find((each) => matches(each, interface_));
    return sections && settingsOf(sections);
  };
}

function matches(sections: readonly Section[], { name, mac }: GuestInterface): boolean {
  const names = valuesOf(sections, "Match", "Name").flatMap(words);
  const addresses = valuesOf(sections, "Match", "MACAddress").flatMap(words);
  if (names.length === 0 && addresses.length === 0) return false;
  return (
    (names.length === 0 || names.some((pattern) => fits(pattern, name))) &&
    (addresses.length === 0 || addresses.some((address) => address.toLowerCase().replaceAll("-", ":") === mac))
  );
}

function settingsOf(sections: readonly Section[]): Settings {
  const all = (name: string, key: string) => valuesOf(sections, name, key);
  return {
    addresses: [...all("Network", "Address"), ...all("Address", "Address")].map((address) =>
      address.includes("/") ? address : `${address}/${address.includes(":") ? 128 : 32}`,
    ),
    dhcp: all("Network", "DHCP").some((value) => /^(yes|true|ipv4|on|1|both)$/i.test(value)),
    gateway: [...all("Network", "Gateway"), ...all("Route", "Gateway")][0],
    servers: all("Network", "DNS").flatMap(words),
    search: all("Network", "Domains").flatMap(words),
  };
}

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== "");

/** A name with `*` and `?`. */
function fits(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(name);
}
