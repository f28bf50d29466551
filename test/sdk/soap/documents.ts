import { SaxesParser } from "saxes";
import { SoapError } from "../../../sdk/soap/error.ts";
import { Scanner } from "../../../sdk/soap/scanner.ts";

/** What a document says, one line a tag or text, or that it is refused. */
export type Events = readonly string[] | "refused";

interface Said {
  readonly uri: string;
  readonly local: string;
  readonly value: string;
}

const attributesText = (attributes: readonly Said[]) =>
  attributes.map(({ uri, local, value }) => ` {${uri}}${local}=${JSON.stringify(value)}`).join("");

/** What our scanner reads in a document. */
export function ours(document: string): Events {
  const events: string[] = [];
  const text = (value: string) => {
    if (value !== "") events.push(`text ${JSON.stringify(value)}`);
  };
  const scanner = new Scanner(document, true);
  const open = (local: string) => {
    events.push(`open {${scanner.uri}}${local}${attributesText(scanner.attributes.list)}`);
    if (!scanner.empty) return;
    events.push("close");
    scanner.leave();
  };
  try {
    open(scanner.root());
    while (scanner.depth > 0) {
      text(scanner.characters());
      if (document.charAt(scanner.at + 1) === "/") {
        scanner.close();
        events.push("close");
      } else open(scanner.open());
    }
    scanner.end();
    return events;
  } catch (error) {
    if (error instanceof SoapError) return "refused";
    throw error;
  }
}

/** What saxes reads in it. */
export function theirs(document: string): Events {
  // Halves of surrogate pairs are no characters; saxes lets some of them pass.
  if (/[\ud800-\udfff]/u.test(document)) return "refused";
  const events: string[] = [];
  let value = "";
  const said = () => {
    if (value !== "") events.push(`text ${JSON.stringify(value)}`);
    value = "";
  };
  let wrong = false;
  let depth = 0;
  const parser = new SaxesParser({ xmlns: true, defaultXMLVersion: "1.0", forceXMLVersion: true });
  parser.on("error", () => {
    wrong = true;
  });
  parser.on("doctype", () => {
    wrong = true;
  });
  parser.on("opentag", ({ uri, local, attributes }) => {
    said();
    // Names with a prefix begin anew behind it, which saxes does not mind.
    if ([local, ...Object.values(attributes).map((one) => one.local)].some((name) => /^[-.\d\u00b7]/.test(name)))
      wrong = true;
    const given = Object.values(attributes).filter(({ prefix, name }) => prefix !== "xmlns" && name !== "xmlns");
    events.push(`open {${uri}}${local}${attributesText(given)}`);
  });
  parser.on("closetag", () => {
    said();
    depth--;
    events.push("close");
  });
  parser.on("opentagstart", () => depth++);
  const characters = (more: string) => {
    if (depth > 0) value += more;
  };
  parser.on("text", characters);
  parser.on("cdata", characters);
  parser.write(document).close();
  return wrong ? "refused" : events;
}
