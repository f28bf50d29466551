import { fault } from "../../faults.ts";

/** An element that was read: its attributes, its text and the elements in it, by names without prefixes. */
export interface XmlElement {
  attribute(name: string): string | undefined;
  readonly text: string;
  child(name: string): XmlElement | undefined;
  children(name: string): readonly XmlElement[];
}

/** More than this is no descriptor. */
const longest = 16 * 2 ** 20;

/** Reads XML. Declarations of types and entities are refused: no descriptor needs them, and they can make a little text a lot. */
export async function readXml(text: string): Promise<XmlElement> {
  const wrong = (description: string) =>
    fault("OvfXmlFormat", { lineNumber: 0, description }, `The descriptor is not in order: ${description}`);
  if (text.length > longest) throw wrong(`it has more than ${longest} characters.`);
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw wrong("it declares document types or entities.");
  const { XMLParser, XMLValidator } = await import("fast-xml-parser");
  const valid = XMLValidator.validate(text);
  if (valid !== true)
    throw fault(
      "OvfXmlFormat",
      { lineNumber: valid.err.line, description: valid.err.msg },
      `The descriptor is not in order: ${valid.err.msg} (line ${valid.err.line}).`,
    );
  const parser = new XMLParser({
    attributeNamePrefix: "@",
    // Numbers of characters are decoded by it too.
    htmlEntities: true,
    trimValues: false,
    ignoreAttributes: false,
    parseAttributeValue: false,
    parseTagValue: false,
    removeNSPrefix: true,
    textNodeName: "#",
  });
  let tree: unknown;
  try {
    tree = parser.parse(text);
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : "it cannot be read.");
  }
  return elementOf(tree);
}

/** The parser makes a string of an element with nothing but text in it, and an array of several of one name. */
function elementOf(value: unknown): XmlElement {
  const get = (name: string): unknown => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);
  const children = (name: string): XmlElement[] => {
    const found = get(name);
    if (found === undefined) return [];
    return (Array.isArray(found) ? found : [found]).map(elementOf);
  };
  return {
    attribute(name) {
      const found = get(`@${name}`);
      return typeof found === "string" ? found : undefined;
    },
    text: typeof value === "string" ? value : stringOf(get("#")),
    child: (name) => children(name)[0],
    children,
  };
}

const stringOf = (value: unknown): string => (typeof value === "string" ? value : "");
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
