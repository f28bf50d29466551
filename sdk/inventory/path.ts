/** vSphere escapes these three in the names of entities, so that a name is one element of an inventory path. */
const escapes: Readonly<Record<string, string>> = { "%": "%25", "/": "%2f", "\\": "%5c" };

/** A name as the server holds it. */
export const escapeName = (name: string): string =>
  name.replace(/[%/\\]/g, (character) => escapes[character] ?? character);

/** A name as people write it. */
export const unescapeName = (name: string): string =>
  name.includes("%") ? name.replace(/%(25|2f|5c)/gi, (sequence) => decodeURIComponent(sequence)) : name;

/** One element of an inventory path: `...` for any depth, or what a name must match. */
export type Step = "..." | ((name: string) => boolean);

/** Whether a pattern has wildcards: `*`, `?`, `[a-c]`. A backslash takes their meaning away. */
export const isGlob = (pattern: string): boolean => /(^|[^\\])[*?[]/.test(pattern);

/** What a pattern without wildcards means literally. */
export const literal = (pattern: string): string => unescapeName(pattern.replace(/\\(.)/gs, "$1"));

/** The elements of a path such as `/DC0/vm/.../web-*`. A `/` within a name is written `%2f`. */
export function steps(path: string): Step[] {
  const elements = path.split("/").filter((element) => element !== "");
  return elements.map((element) => (element === "..." ? "..." : matcher(element)));
}

/** A test for names: `*` any characters, `?` one, `[abc]`, `[a-c]`, `[!a]` a set; a backslash takes the next character literally. */
export function matcher(pattern: string): (name: string) => boolean {
  if (!isGlob(pattern)) {
    const exact = literal(pattern);
    return (name) => name === exact;
  }
  const source = pattern.replace(/\\(.)|\*|\?|\[(!?)([^\]]+)\]|%(?:25|2f|5c)|[\s\S]/gi, (match, taken, not, set) => {
    if (taken !== undefined) return quote(taken);
    if (match === "*") return "[^]*";
    if (match === "?") return "[^]";
    if (set !== undefined) return `[${not === "!" ? "^" : ""}${set.replace(/[\\^\]]/g, "\\$&")}]`;
    return quote(unescapeName(match));
  });
  const regex = new RegExp(`^${source}$`, "u");
  return (name) => regex.test(name);
}

const quote = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
