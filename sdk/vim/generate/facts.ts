import { readFileSync } from "node:fs";

/** One property, parameter or result as the facts file spells it. */
export interface FactMember {
  readonly n?: string;
  readonly t: string;
  readonly a?: 1;
  readonly o?: 1 | 2;
  readonly ref?: string;
  readonly e?: string;
  readonly since?: string;
  readonly dep?: string;
  readonly priv?: string;
  readonly wpriv?: string;
  readonly sec?: 1;
  readonly sub?: string;
  readonly link?: string;
  readonly ns?: "vsan";
  readonly tns?: "vsan";
}

export interface FactMethod {
  readonly n: string;
  readonly v?: string;
  readonly req?: string;
  readonly params: readonly FactMember[];
  readonly ret?: FactMember;
  readonly task?: FactMember;
  readonly faults?: readonly string[];
  readonly priv?: string;
  readonly since?: string;
  readonly only?: "vijson";
}

interface FactRecord {
  readonly name: string;
  readonly vmodl?: string;
  readonly since?: string;
  readonly dep?: string;
  readonly mod?: "vsan";
}

export interface FactData extends FactRecord {
  readonly kind: "data";
  readonly base?: string;
  readonly props: readonly FactMember[];
}

export interface FactEnum extends FactRecord {
  readonly kind: "enum";
  readonly values: readonly string[];
  readonly valueSince?: Readonly<Record<string, string>>;
  readonly extra?: readonly string[];
}

export interface FactManaged extends FactRecord {
  readonly kind: "managed";
  readonly base?: string;
  readonly props: readonly FactMember[];
  readonly methods: readonly FactMethod[];
  readonly privs?: Readonly<Record<string, string>>;
}

interface FactMeta {
  readonly kind: "meta";
  readonly version: string;
  readonly versions: readonly string[];
}

export interface Facts {
  readonly version: string;
  readonly versions: readonly string[];
  readonly data: readonly FactData[];
  readonly enums: readonly FactEnum[];
  readonly managed: readonly FactManaged[];
}

const memberKeys = new Set("n t a o ref e since dep priv wpriv sec sub link ns tns".split(" "));
const methodKeys = new Set("n v req params ret task faults priv since only".split(" "));
const recordKeys = new Set(
  "kind name vmodl base since dep fault event mod props values valueSince extra methods privs".split(" "),
);

/** A key this program does not know would be lost in the table without a word: refuse it. */
function known(object: object, keys: ReadonlySet<string>, where: string): void {
  for (const key of Object.keys(object)) if (!keys.has(key)) throw new Error(`unknown key "${key}" in ${where}`);
}

/** Reads a facts file: one JSON record a line. */
export function readFacts(path: string): Facts {
  const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
  const records: (FactMeta | FactData | FactEnum | FactManaged)[] = lines.map((line) => JSON.parse(line));
  const meta = records.find((record) => record.kind === "meta");
  if (!meta) throw new Error(`${path} has no meta record`);
  for (const record of records) {
    if (record.kind === "meta") continue;
    known(record, recordKeys, record.name);
    if (record.kind === "enum") continue;
    for (const member of record.props) known(member, memberKeys, record.name);
    if (record.kind === "data") continue;
    for (const method of record.methods) {
      known(method, methodKeys, method.n);
      for (const member of [...method.params, method.ret, method.task]) {
        if (member) known(member, memberKeys, method.n);
      }
    }
  }
  return {
    version: meta.version,
    versions: meta.versions,
    data: records.filter((record) => record.kind === "data").sort(byName),
    enums: records.filter((record) => record.kind === "enum").sort(byName),
    managed: records.filter((record) => record.kind === "managed").sort(byName),
  };
}

/** By code unit, as the table's reader bisects. */
function byName(a: FactRecord, b: FactRecord): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
