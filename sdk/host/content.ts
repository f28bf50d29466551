import type { Properties, Ref, vim } from "../vim/index.ts";

/** The objects that a vCenter has one of, by the property of ServiceContent that leads to them. */
const services = {
  propertyCollector: { type: "PropertyCollector", value: "propertyCollector" },
  viewManager: { type: "ViewManager", value: "ViewManager" },
  sessionManager: { type: "SessionManager", value: "SessionManager" },
  authorizationManager: { type: "AuthorizationManager", value: "AuthorizationManager" },
  taskManager: { type: "TaskManager", value: "TaskManager" },
  eventManager: { type: "EventManager", value: "EventManager" },
  vmProvisioningChecker: { type: "VirtualMachineProvisioningChecker", value: "ProvisioningChecker" },
  perfManager: { type: "PerformanceManager", value: "PerfMgr" },
  ovfManager: { type: "OvfManager", value: "OvfManager" },
  dvSwitchManager: { type: "DistributedVirtualSwitchManager", value: "DVSManager" },
  searchIndex: { type: "SearchIndex", value: "SearchIndex" },
  fileManager: { type: "FileManager", value: "FileManager" },
  virtualDiskManager: { type: "VirtualDiskManager", value: "virtualDiskManager" },
  guestOperationsManager: { type: "GuestOperationsManager", value: "guestOperationsManager" },
  guestCustomizationManager: { type: "VirtualMachineGuestCustomizationManager", value: "guestCustomizationManager" },
} as const;

/** Those that the manager of guest operations leads to. */
export const guestManagers = Object.freeze({
  authManager: Object.freeze({ type: "GuestAuthManager", value: "guestOperationsAuthManager" }),
  fileManager: Object.freeze({ type: "GuestFileManager", value: "guestOperationsFileManager" }),
  processManager: Object.freeze({ type: "GuestProcessManager", value: "guestOperationsProcessManager" }),
  aliasManager: Object.freeze({ type: "GuestAliasManager", value: "guestOperationsAliasManager" }),
}) satisfies Properties<"GuestOperationsManager">;

const serviceInstance: Ref<"ServiceInstance"> = Object.freeze({
  type: "ServiceInstance",
  value: "ServiceInstance",
});

/** Singletons by their id. */
export const singletons: ReadonlyMap<string, Ref> = new Map(
  [serviceInstance, ...Object.values(services), ...Object.values(guestManagers)].map((ref) => [ref.value, ref]),
);

/** API version that the simulated vCenter shows; it answers calls of newer versions too. */
export const apiVersion = "8.0.3.0";

function about(instanceUuid: string): vim.AboutInfo {
  return Object.freeze({
    name: "VMware vCenter Server",
    fullName: "VMware vCenter Server 8.0.3, simulated by Fargo",
    vendor: "VMware, Inc.",
    version: "8.0.3",
    build: "24022515",
    localeVersion: "INTL",
    localeBuild: "000",
    osType: "linux-x64",
    productLineId: "vpx",
    apiType: "VirtualCenter",
    apiVersion,
    instanceUuid,
    licenseProductName: "VMware VirtualCenter Server",
    licenseProductVersion: "8.0",
  });
}

export function serviceContent(rootFolder: number, instanceUuid: string): vim.ServiceContent {
  const root: Ref<"Folder"> = { type: "Folder", value: `group-d${rootFolder}` };
  return Object.freeze({ rootFolder: Object.freeze(root), about: about(instanceUuid), ...services });
}
