import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Ref, vim } from "../../../../sdk/vim/index.ts";
import { LabClient } from "../lab-client.ts";
import { Model, sorted } from "./model.ts";
import { act, actionArbitrary } from "./random-actions.ts";

const traversal = (type: string, path: string, next: readonly string[], name?: string): vim.TraversalSpec => ({
  _typeName: "TraversalSpec",
  ...(name === undefined ? {} : { name }),
  type,
  path,
  skip: false,
  selectSet: next.map((to) => ({ name: to })),
});

/** The whole inventory from the root folder down, as old clients walk it. */
const wholeTree = (client: LabClient, propSet: vim.PropertySpec[]): vim.PropertyFilterSpec => ({
  propSet,
  objectSet: [
    {
      obj: client.content.rootFolder,
      skip: false,
      selectSet: [
        traversal("Folder", "childEntity", ["folder", "vm", "host", "hosts", "pool", "pools", "vms"], "folder"),
        traversal("Datacenter", "vmFolder", ["folder"], "vm"),
        traversal("Datacenter", "hostFolder", ["folder"], "host"),
        traversal("ComputeResource", "host", [], "hosts"),
        traversal("ComputeResource", "resourcePool", ["pools", "vms"], "pool"),
        traversal("ResourcePool", "resourcePool", ["pools", "vms"], "pools"),
        traversal("ResourcePool", "vm", [], "vms"),
      ],
    },
  ],
});

/** Machines on the hosts that the machines are on: a walk that comes back to where it has been. */
const ring = (client: LabClient, propSet: vim.PropertySpec[]): vim.PropertyFilterSpec => ({
  propSet,
  objectSet: [
    {
      obj: client.at("VirtualMachine", "/DC0/vm/golden"),
      skip: false,
      selectSet: [
        traversal("VirtualMachine", "runtime.host", ["on"], "host"),
        traversal("HostSystem", "vm", ["host"], "on"),
        traversal("VirtualMachine", "parent", ["up"], "up"),
        traversal("Folder", "parent", ["up"], "up"),
      ],
    },
  ],
});

const paths: Readonly<Record<string, readonly (readonly string[] | undefined)[]>> = {
  VirtualMachine: [
    ["name", "runtime.powerState"],
    ["config", "snapshot", "resourcePool", "parent"],
    ["summary", "datastore", "network"],
    ["layoutEx", "storage", "guest"],
    [
      "config.hardware.device[4000]",
      'config.extraConfig["guestinfo.n"]',
      "config.hardware.device[2000].backing.fileName",
    ],
    ["summary.quickStats.privateMemory", "summary.storage.unshared", "summary.config.vmPathName"],
    undefined,
  ],
  ManagedEntity: [["name", "parent"], undefined],
  Folder: [["childEntity", "name"], undefined],
  HostSystem: [["vm", "summary.quickStats.overallMemoryUsage"], undefined],
  Datastore: [["vm", "summary", "info"], undefined],
};

const filterArbitrary = fc.record({
  start: fc.constantFrom("view", "view", "list", "tree", "ring"),
  type: fc.constantFrom(...Object.keys(paths)),
  which: fc.nat(6),
  partial: fc.boolean(),
  most: fc.constantFrom(undefined, 1, 3, 50),
  lossy: fc.boolean(),
});

interface Watched {
  readonly spec: vim.PropertyFilterSpec;
  readonly filter: string;
  readonly collector: Ref<"PropertyCollector">;
  readonly most: number | undefined;
  readonly lossy: boolean;
  readonly model: Model;
  version: string;
}

function watch(
  client: LabClient,
  list: Ref,
  how: typeof filterArbitrary extends fc.Arbitrary<infer T> ? T : never,
): Watched {
  const asked = paths[how.type]?.[how.which % (paths[how.type]?.length ?? 1)];
  const propSet = [asked ? { type: how.type, pathSet: asked } : { type: how.type, all: true }];
  const spec =
    how.start === "view" || how.start === "list"
      ? { ...LabClient.through(how.start === "view" ? client.view([how.type]) : list, how.type), propSet }
      : (how.start === "tree" ? wholeTree : ring)(client, propSet);
  const collector = client.call(client.collector, "CreatePropertyCollector", {}) as Ref<"PropertyCollector">;
  const filter = client.call(collector, "CreateFilter", { spec, partialUpdates: how.partial });
  return {
    spec,
    filter: filter.value,
    collector,
    most: how.most,
    lossy: how.lossy,
    model: new Model(asked),
    version: "",
  };
}

/** Takes every update there is. Some clients miss every answer at first, and ask for it again. */
async function drain(client: LabClient, watched: Watched): Promise<void> {
  for (let lost = false; ; ) {
    const options =
      watched.most === undefined ? { maxWaitSeconds: 0 } : { maxWaitSeconds: 0, maxObjectUpdates: watched.most };
    const set = await client.call(watched.collector, "WaitForUpdatesEx", { version: watched.version, options });
    if (!set) return;
    if (watched.lossy && watched.most === undefined && !lost) {
      lost = true;
      continue;
    }
    lost = false;
    watched.version = set.version;
    watched.model.apply(set, watched.filter);
  }
}

function fresh(client: LabClient, { spec }: Watched): Record<string, unknown> {
  const contents = client.retrieve({ ...spec, reportMissingObjectsInResults: true });
  return sorted(
    contents.map(
      ({ obj, propSet }) => [obj.value, (propSet ?? []).map(({ name, val }) => [name, val] as const)] as const,
    ),
  );
}

describe("a client that applies every update", () => {
  it("knows at any time what a fresh retrieval would tell it, whatever happens and whatever it watches", async () => {
    const run = fc.asyncProperty(
      fc.array(filterArbitrary, { minLength: 1, maxLength: 4 }),
      fc.array(fc.array(actionArbitrary, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }),
      async (filters, rounds) => {
        const client = LabClient.start();
        const list = client.call(client.content.viewManager as Ref<"ViewManager">, "CreateListView", { obj: [] });
        const watched = filters.map((how) => watch(client, list, how));
        const marks = [client.host.snapshot()];
        try {
          for (const actions of [[], ...rounds]) {
            for (const action of actions) act(client, list, marks, action);
            for (const one of watched) {
              await drain(client, one);
              expect(sorted(one.model.objects)).toEqual(fresh(client, one));
            }
          }
        } finally {
          for (const mark of marks) mark.release();
          client.close();
        }
      },
    );
    await fc.assert(run, {
      numRuns: Number(process.env.FARGO_RUNS ?? 40),
      seed: Number(process.env.FARGO_SEED ?? 7),
      endOnFailure: false,
    });
  });
});
