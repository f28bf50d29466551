import { decodeHead, decodeMember } from "./decode.ts";
import type { DataInfo, EnumInfo, ManagedInfo, MethodInfo, PropertyInfo } from "./info.ts";
import { marks, pick } from "./notation.ts";
import type { Table } from "./table.ts";

/** `Name:BASE marks | vmodl | member | member...` */
export function decodeData(record: string, table: Table, find: (name: string) => DataInfo | undefined): DataInfo {
  const [head = "", dotted = "", ...members] = record.split("|");
  const { info, base: number, polymorphic } = decodeHead(head, dotted, table);
  const base = number === "" ? undefined : find(table.type(number));
  const fault = info.name === "RuntimeFault" ? "runtime" : info.name === "MethodFault" ? "method" : base?.fault;
  return Object.freeze({
    kind: "data",
    ...info,
    base,
    ...propertiesOf(base, members, table),
    fault,
    event: info.name === "Event" || base?.event === true,
    polymorphic,
  });
}

/** `Name: marks | vmodl | value@since | ... | +extra value` */
export function decodeEnum(record: string, table: Table): EnumInfo {
  const [head = "", dotted = "", ...codes] = record.split("|");
  const { info } = decodeHead(head, dotted, table);
  const later = new Map<string, string>();
  const values = codes.map((code) => {
    const [value = "", version] = code.replace(/^\+/, "").split(marks.since);
    if (version !== undefined) later.set(value, pick(table.raw.versions, version));
    return value;
  });
  return Object.freeze({
    kind: "enum",
    ...info,
    values: Object.freeze(values),
    valueSince: (value: string) => later.get(value) ?? info.since,
  });
}

/** `Name:BASE marks | vmodl | method#privilege;... | member;... | method | method...` */
export function decodeManaged(
  record: string,
  table: Table,
  find: (name: string) => ManagedInfo | undefined,
): ManagedInfo {
  const [head = "", dotted = "", overrides = "", members = "", ...codes] = record.split("|");
  const { info, base: number } = decodeHead(head, dotted, table);
  const base = number === "" ? undefined : find(table.managedType(number));
  const methods = new Map(base?.methods);
  for (const override of overrides.split(";")) {
    const [name = "", privilege = ""] = override.split(marks.privilege);
    const method = methods.get(name);
    if (method) methods.set(name, Object.freeze({ ...method, privilege: pick(table.raw.privileges, privilege) }));
  }
  for (const code of codes) {
    const method = decodeMethod(code, info.name, table);
    methods.set(method.name, method);
  }
  return Object.freeze({
    kind: "managed",
    ...info,
    base,
    ...propertiesOf(base, members === "" ? [] : members.split(";"), table),
    methods,
  });
}

/** `Name: marks , server name , result , task result , fault.fault... , parameter , parameter...` */
function decodeMethod(code: string, owner: string, table: Table): MethodInfo {
  const [head = "", server = "", returns = "", result = "", faults = "", ...params] = code.split(",");
  const { name, since, privilege, vsanType } = decodeMember(head, table);
  const stem = name.replace(/_Task$/, "");
  return Object.freeze({
    name,
    owner,
    ...(server === "-" ? {} : { serverName: server || stem.charAt(0).toLowerCase() + stem.slice(1) }),
    request: `${stem}RequestType`,
    params: Object.freeze(params.map((param) => decodeMember(param, table))),
    returns: returns === "" ? undefined : decodeMember(returns, table),
    taskResult: result === "" ? undefined : decodeMember(result, table),
    faults: Object.freeze(faults === "" ? [] : faults.split(".").map((digits) => table.type(digits))),
    privilege,
    since: since ?? table.raw.version,
    ...(vsanType ? { only: "vijson" } : {}),
  });
}

function propertiesOf(
  base: DataInfo | ManagedInfo | undefined,
  own: readonly string[],
  table: Table,
): Pick<DataInfo, "properties" | "property"> {
  const inherited = base?.properties ?? [];
  const properties = Object.freeze([...inherited, ...own.map((code) => decodeMember(code, table))]);
  let byName: ReadonlyMap<string, PropertyInfo> | undefined;
  const property = (name: string): PropertyInfo | undefined => {
    byName ??= new Map(properties.map((member) => [member.name, member]));
    return byName.get(name);
  };
  return { properties, property };
}
