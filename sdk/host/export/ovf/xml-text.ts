/** An element to be written: attributes in their order, and other elements or text in it. */
export interface XmlNode {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly content?: string | number | readonly (XmlNode | undefined)[];
}

export function node(
  name: string,
  attributes: Readonly<Record<string, string | number>> = {},
  content?: XmlNode["content"],
): XmlNode {
  return content === undefined ? { name, attributes } : { name, attributes, content };
}

/** A document, two spaces deeper for each level. What XML has no way to write (control characters) is left out. */
export const document = (root: XmlNode): string => `<?xml version="1.0" encoding="UTF-8"?>\n${format(root, "")}`;

function format({ name, attributes = {}, content }: XmlNode, indent: string): string {
  const start = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const open = `${indent}<${name}${start.join("")}`;
  if (content === undefined) return `${open}/>\n`;
  if (typeof content !== "object") return `${open}>${escaped(content)}</${name}>\n`;
  const inner = content.map((child) => (child ? format(child, `${indent}  `) : "")).join("");
  return `${open}>\n${inner}${indent}</${name}>\n`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(value: string | number): string {
  return String(value)
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"]/g, (character) => entities[character] ?? "")
    .replace(/[\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`); // Else attributes would lose them.
}
