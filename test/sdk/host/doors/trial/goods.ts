import { apiVersion, encodeRequest, fetchMethod } from "../../../../../sdk/soap/index.ts";
import { managedType } from "../../../../../sdk/vim/schema.ts";
import { at } from "../files/client.ts";

export type DoorName = "soap" | "json" | "rest" | "files";

/** A request that is in order. The token of a session goes where `TOKEN` is. */
export interface Good {
  readonly door: DoorName;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Ref = { readonly type: string; readonly value: string };
type Args = Readonly<Record<string, unknown>>;

/** What there is in the host that requests can name. */
export interface Cast {
  readonly machine: Ref;
  readonly idle: Ref;
  readonly folder: Ref;
  readonly pool: Ref;
  readonly datacenter: Ref;
  readonly datastore: Ref;
  readonly host: Ref;
  readonly snapshot: Ref;
}

const single = (type: string, value = type): Ref => ({ type, value });
const root = single("Folder", "group-d1");
const collector = single("PropertyCollector", "propertyCollector");
const auth = {
  _typeName: "NamePasswordAuthentication",
  interactiveSession: false,
  username: "root",
  password: "fargo",
};

const filterSpec = {
  propSet: [{ type: "VirtualMachine", all: false, pathSet: ["name", "runtime.powerState", "config.hardware.device"] }],
  objectSet: [
    {
      obj: root,
      skip: true,
      selectSet: [
        {
          _typeName: "TraversalSpec",
          name: "down",
          type: "Folder",
          path: "childEntity",
          skip: false,
          selectSet: [
            { _typeName: "SelectionSpec", name: "down" },
            {
              _typeName: "TraversalSpec",
              name: "dc",
              type: "Datacenter",
              path: "vmFolder",
              skip: false,
              selectSet: [{ _typeName: "SelectionSpec", name: "down" }],
            },
          ],
        },
      ],
    },
  ],
};

/** Calls of vim25, in SOAP and in JSON. */
function calls(cast: Cast): readonly (readonly [self: Ref, method: string, args: Args])[] {
  const { machine, idle, folder, pool, datacenter, datastore, host, snapshot } = cast;
  const sessions = single("SessionManager");
  const files = single("FileManager");
  const process = single("GuestProcessManager", "guestOperationsProcessManager");
  return [
    [single("ServiceInstance"), "RetrieveServiceContent", {}],
    [single("ServiceInstance"), "CurrentTime", {}],
    [sessions, "Login", { userName: "administrator@vsphere.local", password: "secret", locale: "en" }],
    [
      sessions,
      "AcquireGenericServiceTicket",
      {
        spec: {
          _typeName: "SessionManagerHttpServiceRequestSpec",
          method: "httpGet",
          url: "https://x/folder/a?dsName=vmfs-01",
        },
      },
    ],
    [sessions, "TerminateSession", { sessionId: ["52000000-0000-0000-0000-000000000000"] }],
    [sessions, "Logout", {}],
    [collector, "RetrievePropertiesEx", { specSet: [filterSpec], options: { maxObjects: 2 } }],
    [
      collector,
      "RetrieveProperties",
      { specSet: [{ propSet: [{ type: "VirtualMachine", all: true }], objectSet: [{ obj: machine }] }] },
    ],
    [collector, "ContinueRetrievePropertiesEx", { token: "1" }],
    [collector, "CreateFilter", { spec: filterSpec, partialUpdates: true }],
    [collector, "WaitForUpdatesEx", { version: "", options: { maxWaitSeconds: 0, maxObjectUpdates: 10 } }],
    [collector, "CheckForUpdates", { version: "" }],
    [
      single("ViewManager"),
      "CreateContainerView",
      { container: root, type: ["VirtualMachine", "HostSystem"], recursive: true },
    ],
    [single("ViewManager"), "CreateListView", { obj: [machine, idle] }],
    [single("SearchIndex"), "FindByInventoryPath", { inventoryPath: "/DC0/vm/golden" }],
    [
      single("SearchIndex"),
      "FindByUuid",
      { datacenter, uuid: "42000000-0000-4000-8000-000000000000", vmSearch: true, instanceUuid: false },
    ],
    [single("SearchIndex"), "FindAllByIp", { datacenter, ip: "10.0.0.1", vmSearch: true }],
    [
      machine,
      "InstantClone_Task",
      { spec: { name: "fork", location: { folder, pool }, config: [{ key: "guestinfo.a", value: "1" }] } },
    ],
    [
      idle,
      "CloneVM_Task",
      {
        folder,
        name: "copy",
        spec: {
          location: { pool, datastore, diskMoveType: "createNewChildDiskBacking" },
          powerOn: false,
          template: false,
          snapshot,
        },
      },
    ],
    [idle, "CreateSnapshot_Task", { name: "snap", description: "text", memory: false, quiesce: false }],
    [idle, "RevertToCurrentSnapshot_Task", { suppressPowerOn: true }],
    [snapshot, "RemoveSnapshot_Task", { removeChildren: true, consolidate: true }],
    [idle, "PowerOnVM_Task", {}],
    [machine, "PowerOffVM_Task", {}],
    [idle, "Rename_Task", { newName: "other" }],
    [idle, "RelocateVM_Task", { spec: { datastore, pool, host }, priority: "defaultPriority" }],
    [
      idle,
      "ReconfigVM_Task",
      {
        spec: {
          annotation: "a<b&c",
          numCPUs: 2,
          memoryMB: 1024,
          extraConfig: [{ _typeName: "OptionValue", key: "k", value: { _typeName: "string", _value: "v" } }],
          deviceChange: [
            {
              operation: "add",
              fileOperation: "create",
              device: {
                _typeName: "VirtualDisk",
                key: -1,
                controllerKey: 1000,
                unitNumber: 5,
                capacityInKB: 1024,
                backing: {
                  _typeName: "VirtualDiskFlatVer2BackingInfo",
                  fileName: "",
                  diskMode: "persistent",
                  thinProvisioned: true,
                },
              },
            },
            {
              operation: "add",
              device: {
                _typeName: "VirtualVmxnet3",
                key: -2,
                backing: { _typeName: "VirtualEthernetCardNetworkBackingInfo", deviceName: "VM Network" },
                connectable: { startConnected: true, allowGuestControl: true, connected: false },
              },
            },
          ],
        },
      },
    ],
    [folder, "CreateFolder", { name: "new" }],
    [
      folder,
      "CreateVM_Task",
      {
        config: { name: "made", guestId: "otherGuest64", numCPUs: 1, memoryMB: 64, files: { vmPathName: "[vmfs-01]" } },
        pool,
      },
    ],
    [folder, "MoveIntoFolder_Task", { list: [idle] }],
    [folder, "RegisterVM_Task", { path: "[vmfs-01] build-01/build-01.vmx", asTemplate: false, pool }],
    [
      pool,
      "ImportVApp",
      {
        spec: { _typeName: "VirtualMachineImportSpec", configSpec: { name: "in", files: { vmPathName: "[vmfs-01]" } } },
        folder,
      },
    ],
    [idle, "ExportVm", {}],
    [
      pool,
      "UpdateConfig",
      {
        config: {
          cpuAllocation: {
            reservation: 0,
            limit: -1,
            expandableReservation: true,
            shares: { shares: 4000, level: "normal" },
          },
          memoryAllocation: { limit: -1 },
        },
      },
    ],
    [
      single("OvfManager"),
      "ParseDescriptor",
      {
        ovfDescriptor:
          '<?xml version="1.0"?><Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1"><References/></Envelope>',
        pdp: { locale: "", deploymentOption: "" },
      },
    ],
    [single("EventManager"), "QueryEvents", { filter: { entity: { entity: root, recursion: "all" }, maxCount: 10 } }],
    [single("EventManager"), "CreateCollectorForEvents", { filter: {} }],
    [single("TaskManager"), "CreateCollectorForTasks", { filter: { state: ["success"] } }],
    [
      single("PerformanceManager", "PerfMgr"),
      "QueryPerf",
      {
        querySpec: [
          { entity: machine, maxSample: 2, metricId: [{ counterId: 2, instance: "" }], intervalId: 20, format: "csv" },
        ],
      },
    ],
    [
      single("AuthorizationManager"),
      "AddAuthorizationRole",
      { name: "role", privIds: ["VirtualMachine.Interact.PowerOn"] },
    ],
    [
      single("AuthorizationManager"),
      "SetEntityPermissions",
      {
        entity: folder,
        permission: [{ principal: "VSPHERE.LOCAL\\reader", group: false, roleId: -2, propagate: true }],
      },
    ],
    [
      single("AuthorizationManager"),
      "HasPrivilegeOnEntities",
      { entity: [machine], sessionId: "52", privId: ["System.View"] },
    ],
    [files, "MakeDirectory", { name: "[vmfs-01] dir/below", datacenter, createParentDirectories: true }],
    [
      files,
      "CopyDatastoreFile_Task",
      {
        sourceName: "[vmfs-01] build-01/build-01.vmx",
        sourceDatacenter: datacenter,
        destinationName: "[vmfs-01] copy.vmx",
        force: true,
      },
    ],
    [files, "DeleteDatastoreFile_Task", { name: "[vmfs-01] copy.vmx", datacenter }],
    [
      single("VirtualDiskManager", "virtualDiskManager"),
      "CreateVirtualDisk_Task",
      {
        name: "[vmfs-01] disk.vmdk",
        datacenter,
        spec: { _typeName: "FileBackedVirtualDiskSpec", diskType: "thin", adapterType: "lsiLogic", capacityKb: 1024 },
      },
    ],
    [
      single("GuestFileManager", "guestOperationsFileManager"),
      "ListFilesInGuest",
      { vm: machine, auth, filePath: "/etc", index: 0, maxResults: 5, matchPattern: "h.*" },
    ],
    [
      single("GuestFileManager", "guestOperationsFileManager"),
      "InitiateFileTransferToGuest",
      {
        vm: machine,
        auth,
        guestFilePath: "/tmp/a",
        fileAttributes: { _typeName: "GuestPosixFileAttributes", permissions: 420 },
        fileSize: 3,
        overwrite: true,
      },
    ],
    [
      process,
      "StartProgramInGuest",
      { vm: machine, auth, spec: { _typeName: "GuestProgramSpec", programPath: "/bin/true", arguments: "a b" } },
    ],
    [process, "ListProcessesInGuest", { vm: machine, auth, pids: [1] }],
    [single("OptionManager", "VpxSettings"), "QueryOptions", { name: "event.maxAge" }],
    [datacenter, "QueryConnectionInfo", { hostname: "h", port: 443, username: "u", password: "p" }],
    [datastore, "RefreshDatastore", {}],
    [host, "EnterMaintenanceMode_Task", { timeout: 0 }],
  ];
}

/** All requests that are in order, at every door. */
export function goodRequests(cast: Cast): readonly Good[] {
  const goods: Good[] = [];
  const version = apiVersion(undefined);
  const soap = {
    "Content-Type": "text/xml; charset=utf-8",
    SOAPAction: '"urn:vim25/8.0.3.0"',
    Cookie: 'vmware_soap_session="TOKEN"',
  };
  const json = { "Content-Type": "application/json", "vmware-api-session-id": "TOKEN" };
  for (const [self, name, args] of calls(cast)) {
    const method = managedType(self.type)?.methods.get(name);
    if (!method) throw new Error(`There is no ${self.type}.${name}.`);
    const body = encodeRequest(self, method, inSoap(args), version, { operationID: "trial" } as never);
    goods.push({ door: "soap", method: "POST", path: "/sdk", headers: soap, body });
    const path = `/sdk/vim25/8.0.3.0/${self.type}/${self.value}/${name}`;
    goods.push({ door: "json", method: "POST", path, headers: json, body: JSON.stringify(args) });
  }
  goods.push({
    door: "soap",
    method: "POST",
    path: "/sdk",
    headers: soap,
    body: encodeRequest(cast.machine, fetchMethod, { prop: "config.hardware" }, version),
  });
  for (const path of [
    `VirtualMachine/${cast.machine.value}/config`,
    `VirtualMachine/${cast.machine.value}/summary`,
    "ServiceInstance/ServiceInstance/content",
    "Folder/group-d1/childEntity",
    `HostSystem/${cast.host.value}/name`,
    "PropertyCollector/propertyCollector/filter",
  ])
    goods.push({ door: "json", method: "GET", path: `/sdk/vim25/8.0.3.0/${path}`, headers: json, body: "" });
  const rest = (method: string, path: string, value?: unknown, more: Record<string, string> = {}) =>
    goods.push({
      door: "rest",
      method,
      path,
      headers: { ...json, ...more },
      body: value === undefined ? "" : JSON.stringify(value),
    });
  const basic = { Authorization: `Basic ${Buffer.from("administrator@vsphere.local:secret").toString("base64")}` };
  rest("POST", "/api/session", undefined, basic);
  rest("POST", "/rest/com/vmware/cis/session", undefined, basic);
  rest("GET", "/api/session");
  rest("POST", "/api/vcenter/system?action=hello", { api_releases: ["9.1.0.0", "8.0.1.0"] });
  for (const kind of ["vm", "host", "cluster", "datacenter", "datastore", "network", "folder", "resource-pool"]) {
    rest("GET", `/api/vcenter/${kind}`);
    rest("GET", `/rest/vcenter/${kind}?filter.names.1=golden`);
  }
  rest("GET", "/api/vcenter/vm?names=golden&power_states=POWERED_ON");
  rest("GET", `/api/vcenter/vm/${cast.machine.value}`);
  rest("GET", `/api/vcenter/vm/${cast.machine.value}/power`);
  rest("POST", `/api/vcenter/vm/${cast.idle.value}/power?action=start`);
  rest("POST", "/api/vcenter/vm?action=instant-clone", {
    source: cast.machine.value,
    name: "rest-fork",
    placement: { folder: cast.folder.value },
  });
  rest("POST", "/api/vcenter/vm?action=clone", { source: cast.idle.value, name: "rest-copy", power_on: false });
  rest("POST", "/api/vcenter/vm", {
    name: "rest-made",
    guest_OS: "OTHER_64",
    placement: { folder: cast.folder.value, resource_pool: cast.pool.value, datastore: cast.datastore.value },
  });
  const file = (method: string, path: string, body = "", more: Record<string, string> = {}) =>
    goods.push({ door: "files", method, path, headers: { Cookie: 'vmware_soap_session="TOKEN"', ...more }, body });
  for (const path of ["/folder", "/folder?dcPath=DC0", at(""), at("golden"), at("golden/golden.vmx")])
    file("GET", path);
  file("GET", at("build-01/build-01-flat.vmdk"), "", { Range: "bytes=4096-8191" });
  file("HEAD", at("build-01/build-01-flat.vmdk"));
  file("PUT", at("put.txt"), "some text to put", { "Content-Type": "application/octet-stream", Overwrite: "T" });
  file("DELETE", at("put.txt"));
  file("GET", at("golden/golden.vmx"), "", { ...basic, Cookie: "a=b" });
  file("GET", "/guestFile?id=1&token=52000000-0000-0000-0000-000000000000");
  file("PUT", "/nfc/52000000-0000-0000-0000-000000000000/disk-0.vmdk", "KDMV", {
    "Content-Type": "application/x-vnd.vmware-streamVmdk",
  });
  file("GET", "/about");
  file("GET", "/sdk/vimServiceVersions.xml");
  return goods;
}

/** What JSON has in boxes is plain in SOAP. */
function inSoap<T>(value: T): T;
function inSoap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => inSoap(one));
  if (typeof value !== "object" || value === null) return value;
  if ("_value" in value) return value._value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inSoap(one)]));
}
