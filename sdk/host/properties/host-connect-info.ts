import type { vim } from "../../vim/index.ts";
import type { HostRecord } from "../state/record.ts";
import { noBytes, type Reader } from "./derivation.ts";
import { nodesOf } from "./index.ts";

/** What a vCenter knows of a host that it asks: what it is, and what is on it. */
export function hostConnectInfo(reader: Reader, host: HostRecord): vim.HostConnectInfo {
  const summary = partOf(reader, "HostSystem", host, "summary", "HostListSummary");
  const vm = [...host.vms.keys()].flatMap((id) => {
    const machine = reader.object(id);
    const found = machine && partOf(reader, "VirtualMachine", machine, "summary", "VirtualMachineSummary");
    return found ? [found] : [];
  });
  const datastore = [...host.datastores.keys()].flatMap((id) => {
    const store = reader.object(id);
    const found = store && partOf(reader, "Datastore", store, "summary", "DatastoreSummary");
    return found ? [{ _typeName: "HostDatastoreConnectInfo" as const, summary: found }] : [];
  });
  if (!summary) throw new Error("A host has a summary.");
  return {
    serverIp: "127.0.0.1",
    host: summary,
    ...(vm.length > 0 ? { vm } : {}),
    vimAccountNameRequired: true,
    clusterSupported: true,
    ...(datastore.length > 0 ? { datastore } : {}),
  };
}

function partOf<T extends "HostListSummary" | "VirtualMachineSummary" | "DatastoreSummary">(
  reader: Reader,
  type: string,
  record: unknown,
  name: string,
  data: T,
): vim.DataTypes[T] | undefined {
  const value: unknown = nodesOf(type).get(name)?.derive(record, reader, noBytes);
  return isA(value, data) ? value : undefined;
}

/** The schema gave the property its type. */
function isA<T extends keyof vim.DataTypes>(value: unknown, _type: T): value is vim.DataTypes[T] {
  return typeof value === "object" && value !== null;
}
