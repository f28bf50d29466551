/** A .NET replacement: `$1`, `${name}`, `$&`, `$0`, `` $` ``, `$'`, `$+`, `$_`, `$$`. */
export function expandReplacement(template: string, match: RegExpExecArray, text: string): string {
  if (!template.includes("$")) return template;
  return template.replace(/\$(?:\$|(\d+)|\{(\w+)\}|([&`'+_]))/g, (whole, number, name, special) => {
    if (whole === "$$") return "$";
    const key: string | undefined = number ?? name;
    if (key !== undefined) return group(match, key) ?? whole;
    switch (special) {
      case "&":
        return match[0];
      case "`":
        return text.slice(0, match.index);
      case "'":
        return text.slice(match.index + match[0].length);
      case "+":
        return match.at(-1) ?? "";
      default:
        return text;
    }
  });
}

function group(match: RegExpExecArray, key: string): string | undefined {
  if (/^\d+$/.test(key)) return Number(key) < match.length ? (match[Number(key)] ?? "") : undefined;
  return match.groups && key in match.groups ? (match.groups[key] ?? "") : undefined;
}
