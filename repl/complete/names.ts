import { type Session, toText, type Value } from "../language/index.ts";
import { propertyNames, readProperty } from "../render/properties.ts";
import { literal, quote } from "./quote.ts";

/** The command that lists objects of a kind; for other kinds it is named like them. */
const listers: Readonly<Record<string, string>> = {
  VirtualMachine: "Get-VM",
  HostSystem: "Get-VMHost",
  VMHost: "Get-VMHost",
  ClusterComputeResource: "Get-Cluster",
  StoragePod: "Get-DatastoreCluster",
};

const most = 5000;

/**
 * Names of the objects of a kind that begin with what was typed, asked of the command that lists them: so completion knows
 * the inventory without knowing anything of it.
 */
export async function objectNames(session: Session, kind: string, typed: string): Promise<readonly string[]> {
  const lister = listers[kind] ?? `Get-${kind}`;
  if (session.commands.find(lister) === undefined) return [];
  const pattern = quote(`${literal(typed)}*`, "'");
  const found = await session.evaluate(`${lister} -Name ${pattern} -ErrorAction Ignore`);
  const names = new Set<string>();
  for (const object of found.slice(0, most)) {
    const name = await readProperty(object, "Name");
    if (name !== null) names.add(toText(name));
  }
  return [...names];
}

/**
 * Properties of the objects that come down a pipeline. They are those of the first object its first command puts out, as
 * long as that only reads (`Get-...`).
 */
export async function propertiesOf(session: Session, upstream: readonly string[]): Promise<readonly string[]> {
  const [first] = upstream;
  if (first === undefined || !/^Get-\w+$/i.test(first)) return [];
  const sample: readonly Value[] = await session.evaluate(`${first} -ErrorAction Ignore | Select-Object -First 1`);
  return sample[0] === undefined ? [] : propertyNames(sample[0]);
}
