import { isDeepStrictEqual } from "node:util";
import { Host } from "../../sdk/host/index.ts";
import { apiVersion, decodeResponse, encodeResponse } from "../../sdk/soap/index.ts";
import type { Ref, vim } from "../../sdk/vim/index.ts";
import { type MethodInfo, managedType } from "../../sdk/vim/schema.ts";
import { decodeWithSaxes } from "./soap-saxes.ts";

export const group = "soap";

const MACHINES = 10_000;
const RUNS = 7;

/** What it costs to write and to read an answer of tens of megabytes: ten thousand machines, as a client reads them. */
export async function run(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const method = managedType("PropertyCollector")?.methods.get("RetrievePropertiesEx");
  if (!method) throw new Error("the schema has no RetrievePropertiesEx");
  const { host, retrieve } = client();
  const version = apiVersion(undefined);
  const answer = retrieve();
  const text = [...encodeResponse(method, answer, version)].join("");
  const megabytes = text.length / 1e6;

  report("soap.encode_mb_s", megabytes / seconds(() => drain(method, answer)), "MB/s");
  const both = seconds(() => drain(method, retrieve()));
  report("soap.retrieve_and_encode_ms", both * 1000, "ms");

  if (!isDeepStrictEqual(decodeWithSaxes(method, text), decodeResponse(method, text)))
    throw new Error("saxes builds something else");
  const ours = megabytes / seconds(() => decodeResponse(method, text));
  const saxes = megabytes / seconds(() => decodeWithSaxes(method, text), 3);
  report("soap.decode_mb_s", ours, "MB/s");
  report("soap.decode_mb_s.saxes", saxes, "MB/s");
  report("soap.decode_mb_s.ratio.saxes", ours / saxes, "x");
  host.close();
}

function client() {
  const inventory = { clusters: 4, hosts: 8, standaloneHosts: 0, machines: MACHINES / 4 };
  const host = Host.start({ seed: 1, inventory });
  const connection = host.connect({ loggedIn: true, userAgent: "bench" });
  const call = (ref: Ref, method: string, args: Readonly<Record<string, unknown>> = {}) =>
    host.call(connection, ref, method, args);
  const service: Ref = { type: "ServiceInstance", value: "ServiceInstance" };
  const content = call(service, "RetrieveServiceContent") as vim.ServiceContent;
  const obj = call(content.viewManager as Ref, "CreateContainerView", {
    container: content.rootFolder,
    type: ["VirtualMachine"],
    recursive: true,
  }) as Ref;
  const pathSet = ["name", "runtime.powerState", "config.hardware", "guest"];
  const selectSet = [{ _typeName: "TraversalSpec", type: "ContainerView", path: "view" }];
  const specSet = [{ propSet: [{ type: "VirtualMachine", pathSet }], objectSet: [{ obj, skip: true, selectSet }] }];
  const retrieve = () => call(content.propertyCollector, "RetrievePropertiesEx", { specSet, options: {} });
  return { host, retrieve };
}

/** Takes an answer piece by piece, as a server sends it. */
function drain(method: MethodInfo, answer: unknown): void {
  let length = 0;
  for (const piece of encodeResponse(method, answer, apiVersion(undefined))) length += Buffer.byteLength(piece);
  if (length === 0) throw new Error("nothing was written");
}

/** The median, the first run left out. */
function seconds(act: () => unknown, runs = RUNS): number {
  const times: number[] = [];
  for (let i = 0; i <= runs; i++) {
    const start = performance.now();
    act();
    times.push((performance.now() - start) / 1000);
  }
  const sorted = times.slice(1).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
