const LIMIT = 500;
const cache = new Map<string, RegExp>();

/** A PowerShell wildcard (`*`, `?`, `[a-c]`, backtick to escape) as a test of whole texts. */
export function wildcard(pattern: string, caseSensitive = false): RegExp {
  const key = `${caseSensitive}${pattern}`;
  const known = cache.get(key);
  if (known) return known;
  const made = new RegExp(`^${source(pattern)}$`, caseSensitive ? "su" : "siu");
  if (cache.size >= LIMIT) cache.clear();
  cache.set(key, made);
  return made;
}

/** True when a text has characters that a wildcard gives a meaning. */
export function hasWildcard(text: string): boolean {
  return /[*?[]/.test(text);
}

/** Escapes what a wildcard gives a meaning. */
export function escapeWildcard(text: string): string {
  return text.replace(/[*?[\]`]/g, "`$&");
}

function source(pattern: string): string {
  let out = "";
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === "*") out += ".*";
    else if (character === "?") out += ".";
    else if (character === "`" && at + 1 < pattern.length) {
      at += 1;
      out += literal(pattern.charAt(at));
    } else if (character === "[") {
      const end = pattern.indexOf("]", at + 2);
      if (end < 0) out += "\\[";
      else {
        out += `[${pattern.slice(at + 1, end).replace(/[\\\]^[]/g, "\\$&")}]`;
        at = end;
      }
    } else out += literal(character);
  }
  return out.replace(/(\.\*)+/g, ".*");
}

function literal(character: string): string {
  return /[\\^$.|+(){}[\]*?/]/.test(character) ? `\\${character}` : character;
}
