import { marks, type RawTable, toDigits } from "../notation.ts";
import type { FactData, FactEnum, FactManaged, FactMember, FactMethod, Facts } from "./facts.ts";

/** Numbers handed out in order of first use: the lists of versions, privileges, packages... of the table. */
class Numbering {
  readonly names: string[];
  readonly #numbers = new Map<string, number>();

  constructor(names: readonly string[] = []) {
    this.names = [];
    for (const name of names) this.number(name);
  }

  number(name: string): number {
    const found = this.#numbers.get(name);
    if (found !== undefined) return found;
    this.#numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }

  digits(name: string | undefined, mark = ""): string {
    return name === undefined ? "" : mark + toDigits(this.number(name));
  }
}

const primitives = [
  ..."anyType anyURI base64Binary boolean byte dateTime double float int long short string".split(" "),
  "ManagedObjectReference",
];

/** Turns the facts into the table. */
export function pack({ data, enums, managed, ...facts }: Facts): RawTable {
  const types = new Numbering([...primitives, ...[...data, ...enums].map((record) => record.name)]);
  const own = types.names.length;
  const managedTypes = new Numbering(managed.map((record) => record.name));
  const versions = new Numbering(facts.versions);
  const deprecations = new Numbering();
  const privileges = new Numbering();
  const packages = new Numbering();
  const subjects = new Numbering();
  const bases = new Set([...data, ...managed].map((record) => record.base));

  const member = (fact: FactMember): string => {
    if (fact.ref !== undefined && fact.t !== "ManagedObjectReference") throw new Error(`${fact.n} is no reference`);
    return [
      `${fact.n ?? ""}:`,
      fact.ref === undefined ? types.digits(fact.t) : managedTypes.digits(fact.ref, marks.reference),
      fact.a ? marks.array : "",
      fact.o === 1 ? marks.optional : fact.o === 2 ? marks.addedLater : "",
      types.digits(fact.e, marks.enum),
      versions.digits(fact.since, marks.since),
      deprecations.digits(fact.dep, marks.deprecated),
      privileges.digits(fact.priv, marks.privilege),
      privileges.digits(fact.wpriv, marks.writePrivilege),
      fact.sec ? marks.secret : "",
      subjects.digits(fact.sub, marks.subject),
      types.digits(fact.link, marks.link),
      fact.ns ? marks.vsan : "",
      fact.tns ? marks.vsanType : "",
    ].join("");
  };

  const head = (record: FactData | FactEnum | FactManaged, base: string): string =>
    [
      `${record.name}:${base}`,
      versions.digits(record.since, marks.since),
      deprecations.digits(record.dep, marks.deprecated),
      record.mod ? marks.vsan : "",
      bases.has(record.name) ? marks.subtypes : "",
      `|${vmodl(record.name, record.vmodl, packages)}`,
    ].join("");

  const method = (fact: FactMethod): string => {
    const request = `${fact.n.replace(/_Task$/, "")}RequestType`;
    if (fact.req !== undefined && fact.req !== request) throw new Error(`${fact.n} takes ${fact.req}`);
    return [
      [
        `${fact.n}:`,
        versions.digits(fact.since, marks.since),
        privileges.digits(fact.priv, marks.privilege),
        fact.only === "vijson" ? marks.vsanType : "",
      ].join(""),
      fact.v === undefined ? "-" : fact.v === serverName(fact.n) ? "" : fact.v,
      fact.ret ? member(fact.ret) : "",
      fact.task ? member(fact.task) : "",
      (fact.faults ?? []).map((name) => types.digits(name)).join("."),
      ...fact.params.map(member),
    ].join(",");
  };

  const dataRecords = data.map((record) =>
    [head(record, types.digits(record.base)), ...record.props.map(member)].join("|"),
  );
  const enumRecords = enums.map((record) =>
    [
      head(record, ""),
      ...record.values.map((value) => value + versions.digits(record.valueSince?.[value], marks.since)),
      ...(record.extra ?? []).map((value) => `+${value}`),
    ].join("|"),
  );
  const managedRecords = managed.map((record) =>
    [
      head(record, managedTypes.digits(record.base)),
      Object.entries(record.privs ?? {})
        .map(([name, privilege]) => name + privileges.digits(privilege, marks.privilege))
        .join(";"),
      record.props.map(member).join(";"),
      ...record.methods.map(method),
    ].join("|"),
  );
  if (versions.names.length !== facts.versions.length)
    throw new Error("a record names a version the facts do not list");
  return {
    version: facts.version,
    versions: versions.names,
    deprecations: deprecations.names,
    privileges: privileges.names,
    packages: packages.names,
    subjects: subjects.names,
    primitives,
    foreign: types.names.slice(own),
    foreignManaged: managedTypes.names.slice(managed.length),
    data: dataRecords,
    enums: enumRecords,
    managed: managedRecords,
  };
}

/** The server-side method name that most wire names imply. */
function serverName(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1).replace(/_Task$/, "");
}

/**
 * The dotted server-side name, as the package's number and how to cut the wire name: how many characters to drop in
 * front, then the lengths of all parts but the last. Names that are not made of the wire name follow a dot as they are.
 */
function vmodl(name: string, dotted: string | undefined, packages: Numbering): string {
  if (dotted === undefined) return "";
  const parts = dotted.split(".");
  const first = Math.max(
    parts.findIndex((part) => /^[A-Z]/.test(part)),
    0,
  );
  const start = first === 0 ? parts.length - 1 : first;
  const number = packages.digits(parts.slice(0, start).join("."));
  if (number.length !== 1) throw new Error("more packages than one digit can number");
  const rest = parts.slice(start);
  const joined = rest.join("");
  const cuts = [name.length - joined.length, ...rest.slice(0, -1).map((part) => part.length)];
  if (!name.endsWith(joined) || cuts.some((cut) => cut > 61)) return `${number}.${rest.join(".")}`;
  return number + (cuts.length === 1 && cuts[0] === 0 ? "" : cuts.map(toDigits).join(""));
}
