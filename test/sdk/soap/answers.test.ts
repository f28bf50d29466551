import { describe, expect, it } from "vitest";
import {
  apiVersion,
  decodeResponse,
  decodeValue,
  encodeFault,
  encodeResponse,
  encodeValue,
  fetchMethod,
  SoapFault,
} from "../../../sdk/soap/index.ts";
import type { vim } from "../../../sdk/vim/index.ts";
import { type MethodInfo, managedType } from "../../../sdk/vim/schema.ts";

function methodOf(type: string, name: string): MethodInfo {
  const method = managedType(type)?.methods.get(name);
  if (!method) throw new Error(`${type} has no ${name}`);
  return method;
}
const retrieve = methodOf("PropertyCollector", "RetrievePropertiesEx");
const newest = apiVersion(undefined);

const written = (method: MethodInfo, result: unknown, version = newest) =>
  [...encodeResponse(method, result, version)].join("");

/** What is in the body of an answer. */
const body = (text: string) => /<soapenv:Body>\n?([\s\S]*?)\n?<\/soapenv:Body>/.exec(text)?.[1];

/** The value of a property as the property collector tells it. */
function val(type: string, name: string, value: unknown, version = newest): string | undefined {
  const objects = [{ obj: { type, value: "x-1" }, propSet: [{ name, val: value }] }];
  return /<name>[^<]*<\/name>(.*)<\/propSet>/.exec(written(retrieve, { objects }, version))?.[1];
}

describe("an answer", () => {
  it("names what was called, and binds its namespaces once", () => {
    expect(written(methodOf("VirtualMachine", "ReconfigVM_Task"), { type: "Task", value: "task-12" })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n<soapenv:Body>\n<ReconfigVM_TaskResponse xmlns="urn:vim25"><returnval type="Task">task-12</returnval></ReconfigVM_TaskResponse>\n</soapenv:Body>\n</soapenv:Envelope>',
    );
    const nothing = '<RetrievePropertiesExResponse xmlns="urn:vim25"></RetrievePropertiesExResponse>';
    expect(body(written(retrieve, undefined))).toBe(nothing);
  });

  it("is one piece when it is small, and pieces of about 64 kB when it is large", () => {
    const objects = Array.from({ length: 5000 }, (_, i) => ({
      obj: { type: "VirtualMachine", value: `vm-${i}` },
      propSet: [{ name: "name", val: "x".repeat(100) }],
    }));
    const pieces = [...encodeResponse(retrieve, { objects }, newest)];
    expect(pieces.length).toBeGreaterThan(10);
    for (const piece of pieces.slice(0, -1)) expect(piece.length).toBeGreaterThanOrEqual(65_536);
    for (const piece of pieces) expect(piece.length).toBeLessThan(70_000);
    expect(decodeResponse(retrieve, pieces.join(""))).toEqual({ objects });
    expect([...encodeResponse(retrieve, { objects: objects.slice(0, 9) }, newest)]).toHaveLength(1);
  });

  it("says of which type a property's value is, as the schema has it", () => {
    expect(val("VirtualMachine", "runtime.powerState", "poweredOn")).toBe(
      '<val xsi:type="VirtualMachinePowerState">poweredOn</val>',
    );
    expect(val("VirtualMachine", "config.hardware.numCPU", 2)).toBe('<val xsi:type="xsd:int">2</val>');
    expect(val("VirtualMachine", "summary.storage.committed", 2)).toBe('<val xsi:type="xsd:long">2</val>');
    expect(val("VirtualMachine", "runtime.bootTime", "2026-01-01T00:00:00Z")).toBe(
      '<val xsi:type="xsd:dateTime">2026-01-01T00:00:00Z</val>',
    );
    expect(val("VirtualMachine", "config.version", "vmx-21")).toBe('<val xsi:type="xsd:string">vmx-21</val>');
    expect(val("VirtualMachine", 'config.extraConfig["a.b"].value', "v")).toBe('<val xsi:type="xsd:string">v</val>');
    expect(val("VirtualMachine", "config.hardware.device[4000].unitNumber", 7)).toBe('<val xsi:type="xsd:int">7</val>');
    expect(val("VirtualMachine", "config.hardware.device[2000].capacityInKB", 7)).toBe(
      '<val xsi:type="xsd:long">7</val>',
    );
    expect(val("VirtualMachine", "config.hardware.device[4000]", { _typeName: "VirtualE1000", key: 4000 })).toBe(
      '<val xsi:type="VirtualE1000"><key>4000</key></val>',
    );
    expect(val("VirtualMachine", "parent", { type: "Folder", value: "group-v3" })).toBe(
      '<val xsi:type="ManagedObjectReference" type="Folder">group-v3</val>',
    );
    expect(val("HostSystem", "hardware.cpuInfo.hz", 2_000_000_000)).toBe('<val xsi:type="xsd:long">2000000000</val>');
    expect(val("Datastore", "summary.accessible", true)).toBe('<val xsi:type="xsd:boolean">true</val>');
  });

  it("says of which type a list is, also when it is empty", () => {
    expect(val("VirtualMachine", "network", [])).toBe('<val xsi:type="ArrayOfManagedObjectReference"/>');
    expect(val("VirtualMachine", "config.hardware.device", [])).toBe('<val xsi:type="ArrayOfVirtualDevice"/>');
    expect(val("VirtualMachine", "config.hardware.device", [{ _typeName: "VirtualCdrom", key: 1 }])).toBe(
      '<val xsi:type="ArrayOfVirtualDevice"><VirtualDevice xsi:type="VirtualCdrom"><key>1</key></VirtualDevice></val>',
    );
    expect(val("ManagedEntity", "effectiveRole", [-1])).toBe('<val xsi:type="ArrayOfInt"><int>-1</int></val>');
    expect(val("ManagedEntity", "disabledMethod", ["x"])).toBe(
      '<val xsi:type="ArrayOfString"><string>x</string></val>',
    );
    expect(val("HostSystem", "config.capabilities.supportedVmfsMajorVersion", [5, 6])).toBe(
      '<val xsi:type="ArrayOfInt"><int>5</int><int>6</int></val>',
    );
  });

  it("tells updates of properties as it tells properties", () => {
    const changeSet = [
      { name: "summary.storage.committed", op: "assign", val: 5 },
      { name: "guest.ipAddress", op: "assign" },
      { name: 'vm["vm-1"]', op: "add", val: { type: "VirtualMachine", value: "vm-1" } },
    ];
    const obj = { type: "VirtualMachine", value: "vm-1" };
    const filter = { type: "PropertyFilter", value: "f" };
    const set = { version: "1", filterSet: [{ filter, objectSet: [{ kind: "modify", obj, changeSet }] }] };
    const text = written(methodOf("PropertyCollector", "WaitForUpdatesEx"), set);
    expect(text).toContain(
      '<changeSet><name>summary.storage.committed</name><op>assign</op><val xsi:type="xsd:long">5</val></changeSet><changeSet><name>guest.ipAddress</name><op>assign</op></changeSet>',
    );
    expect(decodeResponse(methodOf("PropertyCollector", "WaitForUpdatesEx"), text)).toEqual(set);
  });

  it("says of which type a task's result is, by its method", () => {
    const info = { descriptionId: "HostDatastoreBrowser.searchSubFolders", name: "SearchDatastoreSubFolders_Task" };
    expect(val("Task", "info", { ...info, result: [{ folderPath: "[a]", file: [] }] })).toContain(
      '<result xsi:type="ArrayOfHostDatastoreBrowserSearchResults"><HostDatastoreBrowserSearchResults><folderPath>[a]</folderPath></HostDatastoreBrowserSearchResults></result>',
    );
    expect(val("Task", "info", { ...info, result: [] })).toContain(
      '<result xsi:type="ArrayOfHostDatastoreBrowserSearchResults"/>',
    );
    const found = { folderPath: "[a]", file: [] };
    const propSet = [
      { name: "info.result", val: found },
      { name: "info.name", val: "SearchDatastore_Task" },
      { name: "info.descriptionId", val: "HostDatastoreBrowser.search" },
    ];
    const obj = { type: "Task", value: "task-1" };
    expect(written(retrieve, { objects: [{ obj, propSet }] })).toContain(
      '<val xsi:type="HostDatastoreBrowserSearchResults"><folderPath>[a]</folderPath></val>',
    );
    expect(written(retrieve, { objects: [{ obj, propSet: propSet.slice(0, 1) }] })).not.toContain("propSet");
    const clone = { descriptionId: "VirtualMachine.clone", name: "CloneVM_Task" };
    expect(val("Task", "info", { ...clone, result: { type: "VirtualMachine", value: "vm-1" } })).toContain(
      '<result xsi:type="ManagedObjectReference" type="VirtualMachine">vm-1</result>',
    );
  });

  it("says of which type the property is that was fetched", () => {
    const asked = { self: { type: "VirtualMachine" }, args: { prop: "summary.storage.committed" } };
    expect(body([...encodeResponse(fetchMethod, 5, newest, asked)].join(""))).toBe(
      '<FetchResponse xmlns="urn:vim25"><returnval xsi:type="xsd:long">5</returnval></FetchResponse>',
    );
  });

  it("guesses the type of a value where nothing says it", () => {
    const any = (value: unknown) => /xsi:type="(.*?)"/.exec(encodeValue(value, newest))?.[1];
    expect([5, -(2 ** 31), 2 ** 31, 0.5, 2n ** 60n, "5", true, new Uint8Array(1)].map(any)).toEqual(
      "xsd:int xsd:int xsd:long xsd:double xsd:long xsd:string xsd:boolean xsd:base64Binary".split(" "),
    );
    expect(
      [["a"], [1, 2 ** 40], [1, "a"], [{ _typeName: "VirtualE1000" }, { _typeName: "VirtualCdrom" }]].map(any),
    ).toEqual(["ArrayOfString", "ArrayOfLong", "ArrayOfAnyType", "ArrayOfVirtualDevice"]);
    expect(() => any({ a: 1 })).toThrow(TypeError);
  });

  it("writes what XML does not have as a sign that there was something, and returns by number", () => {
    const text = encodeValue('a\r\n\t<b> & "c"\u0000\u001b\ud800\uffff\u{1f600}\u0085]]>', newest);
    expect(text).toContain('a&#xD;\n\t&lt;b&gt; &amp; "c"\ufffd\ufffd\ufffd\ufffd\u{1f600}\u0085]]&gt;');
  });

  it("is in wire order whatever order the properties are in", () => {
    const device = {
      backing: { deviceName: "d", _typeName: "VirtualCdromIsoBackingInfo" },
      key: 1,
      _typeName: "VirtualCdrom",
    };
    const forwards = { _typeName: "VirtualCdrom", key: 1, backing: device.backing };
    expect(encodeValue(device, newest)).toBe(encodeValue(forwards, newest));
  });

  it("puts what belongs to vSAN into its namespace", () => {
    const state = { _typeName: "VimVsanDataEfficiencyCapacityState", dedupMetadataSize: 5 };
    const text = encodeValue(state, newest);
    expect(text).toContain('<vsan:dedupMetadataSize xmlns:vsan="urn:vsan">5</vsan:dedupMetadataSize>');
    expect(decodeValue(text)).toEqual(state);
  });
});

describe("an older client", () => {
  const old = apiVersion("6.7");

  it("gets the version it asks for, or the nearest older one that is known", () => {
    expect(apiVersion("8.0.3.0").name).toBe("8.0.3.0");
    expect(apiVersion("8.0.2.5").name).toBe("8.0.2.0");
    expect(apiVersion("99.0")).toEqual(newest);
    expect(apiVersion("uA046D008")).toEqual(newest);
    expect(apiVersion("").name).toBe(newest.name);
    expect(apiVersion("1.0").name).toBe("2.0");
    expect(apiVersion("6.7.3").rank).toBeGreaterThan(old.rank);
  });

  it("does not get what it does not know", () => {
    const hardware = { numCPU: 1, memoryMB: 4, simultaneousThreads: 2, motherboardLayout: "i440bxHostBridge" };
    expect(val("VirtualMachine", "config.hardware", hardware)).toContain("simultaneousThreads");
    expect(val("VirtualMachine", "config.hardware", hardware, old)).toBe(
      '<val xsi:type="VirtualHardware"><numCPU>1</numCPU><memoryMB>4</memoryMB></val>',
    );
    expect(val("VirtualMachine", "config.hardware.simultaneousThreads", 2, old)).toBeUndefined();
  });

  it("gets the nearest type it knows in the place of one that is newer", () => {
    const card = { _typeName: "VirtualPrecisionClock", key: 1 };
    expect(val("VirtualMachine", "config.hardware.device[1]", card, old)).toBe(
      '<val xsi:type="VirtualDevice"><key>1</key></val>',
    );
    const fault = { _typeName: "SessionNotFound" } as vim.MethodFault;
    expect(encodeFault(fault, "x", apiVersion("8.0.3.0"))).not.toContain("SessionNotFound");
    expect(encodeFault(fault, "x", newest)).toContain("SessionNotFoundFault");
  });
});

describe("a fault", () => {
  const soap =
    'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
  const fault = (detail: string) =>
    `<soapenv:Envelope ${soap}><soapenv:Body><soapenv:Fault><faultcode>soapenv:ServerFaultCode</faultcode><faultstring>text</faultstring>${detail}</soapenv:Fault></soapenv:Body></soapenv:Envelope>`;

  function thrown(text: string): unknown {
    try {
      return decodeResponse(retrieve, text);
    } catch (error) {
      return error;
    }
  }

  it("is written with its type as the element's name and as its type", () => {
    const text = encodeFault({ _typeName: "InvalidLogin" } as vim.MethodFault, "no <way>", newest);
    expect(body(text)).toBe(
      '<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>no &lt;way&gt;</faultstring><detail><InvalidLoginFault xmlns="urn:vim25" xsi:type="InvalidLogin"></InvalidLoginFault></detail></soapenv:Fault>',
    );
  });

  it("is of the type that it says, or else of that of its element, or of none", () => {
    const wins = fault(
      '<detail><RuntimeFaultFault xmlns="urn:vim25" xsi:type="NotAuthenticated"><privilegeId>p</privilegeId></RuntimeFaultFault></detail>',
    );
    expect(thrown(wins)).toMatchObject({
      message: "text",
      faultCode: "ServerFaultCode",
      fault: { _typeName: "NotAuthenticated", privilegeId: "p" },
    });
    const named = fault('<detail><InvalidLoginFault xmlns="urn:vim25"/></detail>');
    expect(thrown(named)).toMatchObject({ fault: { _typeName: "InvalidLogin" } });
    const newer = fault('<detail><NewFault xmlns="urn:vim25" xsi:type="New"><a><b/></a></NewFault></detail>');
    for (const text of [fault(""), fault("<detail/>"), newer]) {
      expect(thrown(text)).toBeInstanceOf(SoapFault);
      expect(thrown(text)).toMatchObject({ message: "text", fault: undefined });
    }
  });

  it("within a value is localized", () => {
    const missing = {
      path: "a",
      fault: { fault: { _typeName: "NoPermission", privilegeId: "p" }, localizedMessage: "m" },
    };
    const objects = [{ obj: { type: "Folder", value: "f" }, missingSet: [missing] }];
    const text = written(retrieve, { objects });
    expect(text).toContain(
      '<fault><fault xsi:type="NoPermission"><privilegeId>p</privilegeId></fault><localizedMessage>m</localizedMessage></fault>',
    );
    expect(decodeResponse(retrieve, text)).toEqual({ objects });
  });
});

describe("a newer server", () => {
  const read = (objects: string) => {
    const text = written(retrieve, { objects: [] }).replace(
      /<returnval>.*<\/returnval>|<returnval\/>/,
      `<returnval>${objects}</returnval>`,
    );
    return decodeResponse(retrieve, text);
  };
  const object = (prop: string) =>
    `<objects><obj type="Folder">f</obj><propSet><name>p</name>${prop}</propSet></objects>`;

  it("may send what is not known: it is left out, and unknown types are what is known of them", () => {
    expect(read(object('<news><a>b</a></news><val xsi:type="NewEnum">x</val>'))).toEqual({
      objects: [{ obj: { type: "Folder", value: "f" }, propSet: [{ name: "p", val: "x" }] }],
    });
    expect(
      read(
        object(
          '<val xsi:type="ArrayOfVirtualDevice"><VirtualDevice xsi:type="VirtualNew"><key>1</key><more>2</more></VirtualDevice></val>',
        ),
      ),
    ).toMatchObject({ objects: [{ propSet: [{ val: [{ key: 1 }] }] }] });
    expect(read(object('<val xsi:type="VirtualMachinePowerState">flying</val>'))).toMatchObject({
      objects: [{ propSet: [{ val: "flying" }] }],
    });
  });

  it("answers with values that are frozen all the way", () => {
    const answer = read(object('<val xsi:type="ArrayOfOptionValue"><OptionValue><key>k</key></OptionValue></val>'));
    const check = (value: unknown) => {
      if (typeof value !== "object" || value === null) return;
      expect(Object.isFrozen(value)).toBe(true);
      Object.values(value).forEach(check);
    };
    check(answer);
  });
});
