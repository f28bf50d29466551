/** One section of a file as systemd and NetworkManager write them; a key may be there several times. */
export interface Section {
  readonly name: string;
  readonly entries: readonly (readonly [key: string, value: string])[];
}

/** The sections of a file, in their order. Lines that are none of it are passed over, as those programs do. */
export function sectionsOf(text: string): readonly Section[] {
  const sections: { name: string; entries: [string, string][] }[] = [];
  for (const line of text.split(/\r?\n/).map((line) => line.trim())) {
    const name = /^\[(.+)\]$/.exec(line)?.[1];
    if (name !== undefined) sections.push({ name, entries: [] });
    if (/^[#;[]/.test(line)) continue;
    const equals = line.indexOf("=");
    if (equals > 0) sections.at(-1)?.entries.push([line.slice(0, equals).trim(), line.slice(equals + 1).trim()]);
  }
  return sections;
}

/** All values of a key in sections of a name. */
export const valuesOf = (sections: readonly Section[], name: string, key: string): string[] =>
  sections
    .filter((section) => section.name === name)
    .flatMap(({ entries }) => entries.filter(([known]) => known === key).map(([, value]) => value));

export const textOfSections = (sections: readonly Section[]): string =>
  sections
    .map(({ name, entries }) => `[${name}]\n${entries.map(([key, value]) => `${key}=${value}\n`).join("")}`)
    .join("\n");
