import { SaxesParser } from "saxes";
import { arrayItem } from "../../sdk/vim/array-of.ts";
import { type DataInfo, dataType, type MethodInfo } from "../../sdk/vim/schema.ts";

/** An element that is being read: its value is `value`, or its text where that is undefined. */
interface Open {
  readonly info: DataInfo | undefined;
  /** The name and type of the elements of a list. */
  readonly item: { readonly type: string; readonly element: string } | undefined;
  readonly type: string;
  readonly ref: string | undefined;
  readonly data: Record<string, unknown> | undefined;
  readonly list: unknown[] | undefined;
  readonly name: string;
}

/** Reads the answer to a call as `decodeResponse` does, with saxes and no more of SOAP than the measurement needs. */
export function decodeWithSaxes(method: MethodInfo, text: string): unknown {
  const stack: Open[] = [];
  let content = "";
  let result: unknown;
  const parser = new SaxesParser({ xmlns: true });
  parser.on("text", (more) => {
    content += more;
  });
  parser.on("opentag", ({ local, attributes }) => {
    content = "";
    const parent = stack.at(-1);
    const declared = parent?.item?.type ?? parent?.info?.property(local)?.type ?? "";
    const said = attributes["xsi:type"]?.value;
    const type =
      said === undefined ? (local === "returnval" ? (method.returns?.type ?? "") : declared) : said.replace("xsd:", "");
    const item = type.startsWith("ArrayOf") ? arrayItem(type) : undefined;
    const info = item ? undefined : dataType(type);
    const data = info ? (info.polymorphic || said !== undefined ? { _typeName: type } : {}) : undefined;
    stack.push({ info, item, type, ref: attributes.type?.value, data, list: item ? [] : undefined, name: local });
  });
  parser.on("closetag", () => {
    const open = stack.pop();
    if (!open) return;
    const value = closed(open, content);
    content = "";
    const parent = stack.at(-1);
    if (open.name === "returnval") result = value;
    else if (parent?.list) parent.list.push(value);
    else if (parent?.data) {
      const list = parent.data[open.name];
      if (Array.isArray(list)) list.push(value);
      else parent.data[open.name] = parent.info?.property(open.name)?.array ? [value] : value;
    }
  });
  parser.write(text).close();
  return result;
}

function closed({ data, list, type, ref }: Open, content: string): unknown {
  if (data) {
    for (const name in data) if (Array.isArray(data[name])) Object.freeze(data[name]);
    return Object.freeze(data);
  }
  if (list) return Object.freeze(list);
  switch (type) {
    case "int":
    case "short":
    case "byte":
    case "long":
    case "double":
    case "float":
      return Number(content);
    case "boolean":
      return content === "true";
    case "ManagedObjectReference":
      return Object.freeze({ type: ref, value: content });
    default:
      return content;
  }
}
