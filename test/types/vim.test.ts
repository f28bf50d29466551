import { beforeAll, describe, expect, test } from "vitest";
import { OpenFile } from "./language-service.ts";

const prelude = `
import type { CheckedPath, ManagedType, Methods, PathValue, Properties, Ref, Row } from "../../sdk/vim/index.ts";
import { vim } from "../../sdk/vim/index.ts";
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function same<A, B>(yes: Same<A, B>): void;
declare function retrieve<T extends ManagedType, const P extends string>(
  refs: readonly Ref<T>[],
  paths: readonly CheckedPath<T, P>[],
): Row<T, P>[];
declare const vms: Ref<"VirtualMachine">[];
declare const hosts: Ref<"HostSystem">[];
`;

let file: OpenFile;
beforeAll(() => {
  file = new OpenFile();
});

/** Exactly the lines that end in \`// no\` must not compile. */
function compiles(code: string): void {
  const text = prelude + code;
  const expected = text.split("\n").flatMap((line, index) => (line.endsWith("// no") ? [index + 1] : []));
  file.type(text);
  const errors = file.errors();
  const lines = text.split("\n");
  const show = (line: number) => `${lines[line - 1]?.trim()}${expected.includes(line) ? "" : ` (${errors.get(line)})`}`;
  expect([...errors.keys()].sort((a, b) => a - b).map(show)).toEqual(expected.map(show));
}

describe("references", () => {
  test("to a subtype are references to its base, not the other way round", () => {
    compiles(`
      declare const entity: Ref<"ManagedEntity">;
      declare const any: Ref;
      const up: Ref<"ManagedEntity">[] = vms;
      const top: Ref[] = [entity, ...vms];
      const down: Ref<"VirtualMachine"> = entity; // no
      const narrow: Ref<"VirtualMachine"> = any; // no
      const aside: Ref<"HostSystem">[] = vms; // no
      const literal: Ref<"ManagedEntity"> = { type: "Folder", value: "group-v3" };
      const wrong: Ref<"ManagedEntity"> = { type: "Task", value: "task-1" }; // no
      const unknown: Ref<"Nonsense">; // no
    `);
  });

  test("to a type parameter are references to its bound", () => {
    compiles(`
      function parent<T extends "VirtualMachine" | "HostSystem">(ref: Ref<T>): Ref<"ManagedEntity"> { return ref; }
      parent(vms[0]!);
      parent(hosts[0]!);
    `);
  });
});

describe("data types", () => {
  test("are readonly, and their optional properties are absent rather than undefined", () => {
    compiles(`
      const spec: vim.VirtualMachineConfigSpec = { name: "desk-1", numCPUs: 2 };
      spec.name = "desk-2"; // no
      const unset: vim.VirtualMachineConfigSpec = { name: undefined }; // no
      const typo: vim.VirtualMachineConfigSpec = { nam: "x" }; // no
      same<vim.VirtualMachineConfigSpec["guestId"], vim.VirtualMachineGuestOsIdentifier | (string & {}) | undefined>(true);
      same<vim.VirtualMachineRuntimeInfo["host"], Ref<"HostSystem"> | undefined>(true);
      same<vim.OptionValue["value"], unknown>(true);
      same<vim.HostMemorySpec["serviceConsoleReservation"], number | undefined>(true);
    `);
  });

  test("accept subtypes in their slots, and check a literal against the subtype it names", () => {
    compiles(`
      declare const card: vim.VirtualE1000;
      const device: vim.VirtualDevice = card;
      const spec: vim.VirtualMachineConfigSpec = {
        deviceChange: [
          { operation: "add", device: card },
          {
            operation: "add",
            device: {
              _typeName: "VirtualE1000",
              key: -1,
              macAddress: "00:50:56:00:00:01",
              backing: { _typeName: "VirtualEthernetCardNetworkBackingInfo", deviceName: "VM Network" },
            },
          },
        ],
      };
      const typo: vim.VirtualDevice = { _typeName: "VirtualE1000", key: -1, macAdress: "00:50:56:00:00:01" }; // no
      const wrong: vim.VirtualDevice = { _typeName: "VirtualDisk", key: -1, capacityInKB: "1" }; // no
      const other: vim.VirtualDevice = { _typeName: "OptionValue", key: -1 }; // no
      const untagged: vim.VirtualE1000 = { key: -1 }; // no
      const option: vim.OptionValue = { key: "guestinfo.ic.hostname", value: "desk-1" };
      const fault: vim.MethodFault = { _typeName: "InvalidPowerState", existingState: "poweredOn" };
    `);
  });

  test("narrow by their _typeName and by vim.is", () => {
    compiles(`
      declare const event: vim.Event;
      event.template; // no
      if (event._typeName === "VmPoweredOnEvent") event.template satisfies boolean;
      if (vim.is(event, "VmEvent")) event.template satisfies boolean;
      if (vim.is(event, "VmEvent")) event satisfies vim.VmEvent;
      declare const devices: readonly vim.VirtualDevice[];
      devices.filter((device) => vim.is(device, "VirtualEthernetCard")).map((card) => card.macAddress satisfies string | undefined);
      declare const something: unknown;
      if (vim.is(something, "VirtualDisk")) something.capacityInKB satisfies number;
      declare const fault: vim.MethodFault;
      if (vim.is(fault, "VimFault")) fault satisfies vim.VimFault;
      if (fault._typeName === "InvalidPowerState") fault.existingState satisfies vim.VirtualMachinePowerState;
      vim.is(event, "Nonsense"); // no
    `);
  });

  test("hide no global: an Event of vim25 is not the DOM's", () => {
    compiles(`
      declare const event: vim.Event;
      event.chainId satisfies number;
      event.preventDefault(); // no
      const error: Error = new Error("x");
    `);
  });

  test("are writable in an edit, all the way down", () => {
    compiles(`
      declare const config: vim.VirtualMachineConfigInfo;
      vim.edit(config, (draft) => {
        draft.name = "x";
        draft.hardware.device?.push({ _typeName: "VirtualCdrom", key: -1 });
        const first = draft.hardware.device?.[0];
        if (vim.is(first, "VirtualDisk")) first.capacityInKB = 1;
        draft.hardware.numCPU = "2"; // no
      }) satisfies vim.VirtualMachineConfigInfo;
    `);
  });
});

describe("managed types", () => {
  test("have their own and inherited properties", () => {
    compiles(`
      same<Properties<"VirtualMachine">["name"], string>(true);
      same<Properties<"Folder">["childEntity"], readonly Ref<"ManagedEntity">[] | undefined>(true);
      type Wrong = Properties<"VirtualMachine">["childEntity"]; // no
    `);
  });

  test("have methods with arguments, a return value and a task's result", () => {
    compiles(`
      type Clone = Methods<"VirtualMachine">["CloneVM_Task"];
      same<Clone["args"]["folder"], Ref<"Folder">>(true);
      same<Clone["returns"], Ref<"Task">>(true);
      same<Clone["result"], Ref<"VirtualMachine">>(true);
      same<Methods<"VirtualMachine">["Destroy_Task"]["result"], undefined>(true);
      same<Methods<"VirtualMachine">["ShutdownGuest"]["returns"], void>(true);
      same<Methods<"SearchIndex">["FindByUuid"]["returns"], Ref<"ManagedEntity"> | undefined>(true);
      same<Methods<"SearchIndex">["FindAllByUuid"]["returns"], readonly Ref<"ManagedEntity">[]>(true);
      const none: Methods<"VirtualMachine">["PowerOffVM_Task"]["args"] = {};
      const some: Methods<"VirtualMachine">["PowerOffVM_Task"]["args"] = { host: hosts[0] }; // no
    `);
  });
});

describe("property paths", () => {
  const value = (path: string, type: string) => `same<PathValue<"VirtualMachine", ${path}>, ${type}>(true);`;

  test("give the type at their end, unset when something on the way may be", () => {
    compiles(`
      ${value('"name"', "string")}
      ${value('"runtime.powerState"', "vim.VirtualMachinePowerState")}
      ${value('"runtime.host"', 'Ref<"HostSystem"> | undefined')}
      ${value('"config.hardware.numCPU"', "number | undefined")}
      ${value('"snapshot.currentSnapshot"', 'Ref<"VirtualMachineSnapshot"> | undefined')}
      same<PathValue<"Task", "info.result">, unknown>(true);
    `);
  });

  test("step into elements by key", () => {
    compiles(`
      ${value('"config.hardware.device[4000]"', "vim.VirtualDevice | undefined")}
      ${value('"config.hardware.device[4000].backing"', "vim.VirtualDeviceBackingInfo | undefined")}
      ${value("'config.extraConfig[\"guestinfo.ic.hostname\"]'", "vim.OptionValue | undefined")}
      ${value("'config.extraConfig[\"guestinfo.ic.hostname\"].key'", "string | undefined")}
      same<PathValue<"VirtualMachine", \`config.hardware.device[\${number}].key\`>, number | undefined>(true);
    `);
  });

  test("step into what only a subtype has", () => {
    compiles(`
      ${value('"config.hardware.device[2000].capacityInKB"', "number | undefined")}
      same<PathValue<"ClusterComputeResource", "configurationEx.dasConfig.enabled">, boolean | undefined>(true);
    `);
  });

  test("make a typed record of what is retrieved", () => {
    compiles(`
      const [row] = retrieve(vms, ["name", "config.hardware.numCPU", "config.uuid"]);
      row!.ref satisfies Ref<"VirtualMachine">;
      row!.name satisfies string;
      row!["config.hardware.numCPU"] satisfies number | undefined;
      row!["config.hardware.numCPU"] satisfies number; // no
      row!["config.uuid"] satisfies string | undefined;
      row!["config.name"]; // no
    `);
  });

  test("do not compile when they are wrong", () => {
    const wrong = [
      ...['"nme"', '"config.hardwar.numCPU"', '"name.length"', '"datastore.type"', '"runtime.host.name"', '"config."'],
      ...['""', '".name"', '"config.hardware.device.key"', '"config.hardware.device[0].nonsense"', '"datastore[0]"'],
      ...['"config.hardware.device[x]"', '"config.hardware.device[\\"4000\\"]"', '"config.extraConfig[key]"'],
      ...['"_typeName"', '"config._typeName"', '"config.hardware.device[4000"'],
    ];
    compiles(wrong.map((path) => `retrieve(vms, ["name", ${path}]); // no`).join("\n"));
  });

  test("may be a list made elsewhere, or strings not known before run time", () => {
    compiles(`
      const paths = ["name", "config.uuid"] as const;
      retrieve(vms, paths)[0]!["config.uuid"] satisfies string | undefined;
      declare const given: string[];
      retrieve(vms, given)[0]!.anything satisfies unknown;
      retrieve(vms, []);
    `);
  });

  test("of several types at once are those that all have", () => {
    compiles(`
      retrieve([...vms, ...hosts], ["name", "summary.overallStatus"]);
      retrieve([...vms, ...hosts], ["summary.vm"]); // no
    `);
  });
});

describe("completion in an editor", () => {
  const complete = (paths: string) => file.complete(`${prelude}const rows = retrieve(vms, [${paths}]);`);

  test("offers the properties of the type", () => {
    expect(complete('"|"')).toEqual(expect.arrayContaining(["name", "config", "runtime", "summary", "guest"]));
    expect(complete('"name", "na|"')).toContain("name");
    expect(complete('"|"')).not.toContain("childEntity");
  });

  test("offers what lies below a property", () => {
    expect(complete('"config.|"')).toEqual(expect.arrayContaining(["config.hardware", "config.uuid"]));
    expect(complete('"name", "config.hardware.num|"')).toContain("config.hardware.numCPU");
    expect(complete('"config.hardware.device[4000].|"')).toContain("config.hardware.device[4000].backing");
    expect(complete('"name", "config.|hardware.numCPU"')).toContain("config.hardware.numCPU");
  });
});
