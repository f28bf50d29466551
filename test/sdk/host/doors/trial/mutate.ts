import type { Chance } from "./chance.ts";
import type { Good } from "./goods.ts";

const scraps = [
  "<",
  ">",
  "&",
  "]]>",
  "<![CDATA[",
  "<!--",
  "-->",
  "<?x?>",
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  "&b;",
  "&lt;",
  "&#0;",
  "&#x110000;",
  "&#xd800;",
  "\0",
  "\uffff",
  "é",
  "\u{1f600}",
  "-1",
  "0",
  "99999999999999999999",
  "-2147483649",
  "NaN",
  "INF",
  "1e999",
  "0x10",
  " ",
  "\r\n",
  "\t",
  '"',
  "'",
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  "null",
  "true",
  "\\u0000",
  "\\ud800",
  "..",
  "/",
  "\\",
  "%",
  "%00",
  "%2e%2e%2f",
  "%ff",
  "xmlns=",
  "xsi:type=",
  'xsi:type="xsd:int"',
  'xsi:nil="true"',
  "<a/>",
  "</a>",
  "__proto__",
  "constructor",
  "toString",
  "[4000]",
  '["k"]',
] as const;

const types = [
  "VirtualMachine",
  "Folder",
  "HostSystem",
  "Task",
  "ManagedObjectReference",
  "VirtualDisk",
  "VirtualE1000",
  "xsd:string",
  "xsd:int",
  "xsd:dateTime",
  "ArrayOfString",
  "ArrayOfAnyType",
  "TraversalSpec",
  "SelectionSpec",
  "MethodFault",
  "NotAuthenticated",
  "DynamicData",
  "OptionValue",
  "x:y",
  "",
  "constructor",
  "AnyType",
  "PropertyFilter",
  "ContainerView",
  "NoSuchType",
] as const;

const numbers = [
  "-1",
  "0",
  "1",
  "2147483647",
  "2147483648",
  "-2147483649",
  "9007199254740993",
  "9223372036854775807",
  "-9223372036854775808",
  "1e400",
  "1.5",
  "NaN",
  "",
] as const;

type TextChange = (text: string, chance: Chance) => string;

const span = (text: string, chance: Chance, most = 40): [number, number] => {
  const from = chance.next(text.length + 1);
  return [from, Math.min(text.length, from + chance.next(most))];
};

const anyText: readonly TextChange[] = [
  (text, chance) => {
    const i = chance.next(text.length);
    return text.slice(0, i) + String.fromCharCode(text.charCodeAt(i) ^ (1 << chance.next(8))) + text.slice(i + 1);
  },
  (text, chance) => {
    const [from, to] = span(text, chance);
    return text.slice(0, from) + text.slice(to);
  },
  (text, chance) => {
    const [from, to] = span(text, chance);
    return text.slice(0, to) + text.slice(from);
  },
  (text, chance) => {
    const [from] = span(text, chance);
    return text.slice(0, from) + chance.one(scraps) + text.slice(from);
  },
  (text, chance) => {
    const [from, to] = span(text, chance);
    return text.slice(0, from) + chance.one(scraps) + text.slice(to);
  },
  (text, chance) => text.slice(0, chance.next(text.length)),
  (text, chance) => {
    const found = [...text.matchAll(/-?\d+/g)];
    const match = found.length > 0 ? chance.one(found) : undefined;
    return match ? text.slice(0, match.index) + chance.one(numbers) + text.slice(match.index + match[0].length) : text;
  },
  (text, chance) => text + text.slice(chance.next(text.length)),
];

const tags = /<\/?([\w:]+)/g;

const xmlOnly: readonly TextChange[] = [
  // Two tags change their names.
  (text, chance) => {
    const found = [...text.matchAll(tags)].map(([, name = ""]) => name);
    if (found.length === 0) return text;
    const [a, b] = [chance.one(found), chance.one(found)];
    return text.replace(new RegExp(`(</?)${a}(?=[\\s/>])`, "g"), `$1${b}`);
  },
  (text, chance) =>
    text.replace(/(xsi:type|type)="([^"]*)"/g, (all, name) =>
      chance.rarely(2) ? `${name}="${chance.one(types)}"` : all,
    ),
  // The text of an element.
  (text, chance) => {
    const found = [...text.matchAll(/>([^<>]+)</g)];
    const match = found.length > 0 ? chance.one(found) : undefined;
    if (!match) return text;
    const value = chance.one([
      ...numbers,
      ...types,
      "x".repeat(chance.one([10, 1000, 100_000])),
      "true",
      "2020-01-01T00:00:00Z",
      "/a/b",
      "vm-1",
      "group-d1",
    ]);
    return text.slice(0, match.index + 1) + value + text.slice(match.index + match[0].length - 1);
  },
  // An element in itself, or many times over, or gone.
  (text, chance) => {
    const found = [...text.matchAll(/<(\w+)[^<>/]*>[^<>]*<\/\1>/g)];
    const match = found.length > 0 ? chance.one(found) : undefined;
    if (!match) return text;
    const [element, name = ""] = match;
    const times = chance.one([2, 50, 101, 1000]);
    const other = chance.one([
      element.repeat(times),
      "",
      `<${name}>`.repeat(times) + element + `</${name}>`.repeat(times),
      `<${name}>`.repeat(times),
    ]);
    return text.slice(0, match.index) + other + text.slice(match.index + element.length);
  },
  (text, chance) =>
    text.replace(
      "<_this",
      `<_this ${chance.one(['type="Folder"', 'xmlns="urn:x"', 'a:b="c"', 'xmlns:xsi="x"', 'serverGuid="x"'])}`,
    ),
  (text, chance) => text.replace("soapenv:Body", chance.one(["soapenv:Header", "Body", "soap:Body", "soapenv:Fault"])),
];

const values = [
  null,
  true,
  -1,
  0,
  1.5,
  1e308,
  9_007_199_254_740_992,
  "",
  "x",
  "vm-1",
  "2020-01-01T00:00:00Z",
  [],
  {},
  [[]],
  [null],
  { _typeName: "NoSuch" },
  { _typeName: "int", _value: "x" },
] as const;

function deep(chance: Chance): unknown {
  let value: unknown = 1;
  const times = chance.one([10, 101, 2000]);
  for (let i = 0; i < times; i++) value = chance.rarely(2) ? [value] : { spec: value };
  return value;
}

/** Something else in the place of one of the values. */
const jsonOnly: readonly TextChange[] = [
  (text, chance) => {
    let whole: unknown;
    try {
      whole = JSON.parse(text);
    } catch {
      return text;
    }
    const places: [holder: Record<string, unknown>, key: string][] = [];
    const walk = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      const holder = value as Record<string, unknown>;
      for (const key of Object.keys(holder)) {
        places.push([holder, key]);
        walk(holder[key]);
      }
    };
    walk(whole);
    if (places.length === 0) return JSON.stringify(chance.one(values));
    const [holder, key] = chance.one(places);
    const way = chance.next(6);
    if (way === 0) delete holder[key];
    else if (way === 1)
      holder[chance.one(["_typeName", "_value", "__proto__x", "constructor", "more", "type"])] = chance.one([
        ...types,
        ...values,
      ]);
    else if (way === 2) holder[key] = deep(chance);
    else if (way === 3) holder[key] = [holder[key], holder[key]];
    else if (way === 4) holder[key] = "y".repeat(chance.one([100, 100_000]));
    else holder[key] = chance.one(values);
    return JSON.stringify(whole);
  },
];

const pathChanges: readonly TextChange[] = [
  ...anyText.slice(0, 6),
  (path) => path.replace(/\//g, "//"),
  (path, chance) =>
    path +
    chance.one([
      "/",
      "?",
      "&",
      "?action=x",
      "&dsName=a",
      "/..",
      `/${"x".repeat(300)}`,
      `?${"a=b&".repeat(200)}`,
      "%00",
      "#x",
    ]),
  (path, chance) =>
    path.replace(/[^/?&=]+/g, (part) =>
      chance.rarely(4) ? chance.one([...types, ...numbers, "..", "%2e%2e", "vm-1"]) : part,
    ),
];

/** A request line takes no such characters: what is not to be a broken line is escaped. */
const inLine = (path: string): string =>
  path.replace(/[^\x21-\x7e]/gu, (c) => encodeURIComponent(/^[\ud800-\udfff]$/u.test(c) ? "?" : c));

/** Another request, still one of HTTP. */
export function mutate(good: Good, goods: readonly Good[], chance: Chance): Good {
  let { body, path } = good;
  const own = good.door === "soap" ? xmlOnly : good.door === "files" ? anyText : jsonOnly;
  const times = chance.rarely(3) ? 2 + chance.next(2) : 1;
  for (let i = 0; i < times; i++) {
    if (body === "" || (good.door !== "soap" && chance.rarely(6))) path = chance.one(pathChanges)(path, chance);
    else if (chance.rarely(25)) {
      const other = chance.one(goods).body;
      body = body.slice(0, chance.next(body.length)) + other.slice(chance.next(other.length));
    } else body = chance.one(chance.rarely(2) ? anyText : own)(body, chance);
  }
  if (!path.startsWith("/")) path = `/${path}`;
  return { ...good, body, path: inLine(path) };
}

const wrongHeaders = [
  "Content-Length: -1",
  "Content-Length: 99999999999",
  "Content-Length: 1, 2",
  "Content-Length: x",
  "Content-Length: 3",
  "Transfer-Encoding: chunked",
  "Transfer-Encoding: chunked, chunked",
  "Transfer-Encoding: x",
  "Content-Encoding: gzip",
  "Expect: 100-continue",
  "Expect: x",
  "Connection: close",
  "Connection: Upgrade\r\nUpgrade: websocket",
  "Host: ",
  "Host: a\r\nHost: b",
  "Origin: https://evil.example",
  "Range: bytes=-",
  "Range: bytes=5-1",
  "Range: bytes=0-,0-,0-",
  "Range: bytes=99999999999999999999-",
  "If-Range: x",
  "If-None-Match: *",
  "Cookie: x",
  'Cookie: vmware_soap_session="x"',
  "Cookie: vmware_cgi_ticket=52",
  "Authorization: Basic",
  "Authorization: Basic !!",
  "Authorization: SIGN x",
  "vmware-api-session-id: x",
  'SOAPAction: "urn:x/1"',
  "SOAPAction: urn:vim25/6.7",
  "SOAPAction: urn:vim25/99",
  "Content-Type: text/plain",
  "Content-Type: multipart/form-data; boundary=x",
  "Accept-Encoding: gzip;q=0, *",
  "X: \x01",
  ": x",
  "no colon",
  "A B: c",
  `X-Long: ${"x".repeat(40_000)}`,
  Array.from({ length: 150 }, (_, n) => `X-${n}: y`).join("\r\n"),
  "\u00ff: x",
] as const;

/** The bytes of a request as they go over the line, and what becomes of the line afterwards. */
export interface Wire {
  readonly bytes: Buffer;
  /** What the client does when all is sent: waits, says that no more will come, or goes away at once. */
  readonly after: "wait" | "end" | "reset";
}

export function inHttp({ method, path, headers, body }: Good, token: string, more: readonly string[] = []): Buffer {
  const bytes = Buffer.from(body);
  const lines = [`${method} ${path} HTTP/1.1`, "Host: 127.0.0.1"];
  for (const name in headers) lines.push(`${name}: ${headers[name]?.replace("TOKEN", token)}`);
  if (bytes.length > 0 || method !== "GET") lines.push(`Content-Length: ${bytes.length}`);
  return Buffer.concat([Buffer.from(`${[...lines, ...more].join("\r\n")}\r\n\r\n`, "latin1"), bytes]);
}

/** What no client's library would send. */
export function breakWire(good: Good, token: string, chance: Chance): Wire {
  const methods = [
    "PATCH",
    "TRACE",
    "CONNECT",
    "OPTIONS",
    "get",
    "POSTPOSTPOST",
    "",
    "M-SEARCH",
    "PRI",
    "HEAD",
    "DELETE",
  ] as const;
  const after = chance.one(["wait", "end", "reset"] as const);
  const way = chance.next(6);
  let bytes = inHttp(good, token);
  if (way === 0) bytes = inHttp({ ...good, method: chance.one(methods) }, token);
  else if (way === 1) bytes = inHttp(good, token, [chance.one(wrongHeaders)]);
  else if (way === 2) bytes = bytes.subarray(0, chance.next(bytes.length));
  else if (way === 3) {
    bytes = Buffer.from(bytes);
    for (let i = chance.next(4); i >= 0; i--) bytes[chance.next(Math.min(bytes.length, 600))] = chance.next(256);
  } else if (way === 4)
    bytes = Buffer.concat([bytes, Buffer.from(chance.one(scraps)), bytes, Buffer.from("GARBAGE\r\n\r\n")]);
  else bytes = Buffer.concat(Array.from({ length: chance.one([2, 5, 100]) }, () => bytes));
  return { bytes, after: way === 2 && after === "wait" ? "end" : after };
}
