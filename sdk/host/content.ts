import type { Properties, Ref, vim } from "../vim/index.ts";
import type { Core } from "./core.ts";
import { esxProduct, onEsx } from "./esx-content.ts";
import type { Flavour } from "./state/esx-id.ts";

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
  setting: { type: "OptionManager", value: "VpxSettings" },
  diagnosticManager: { type: "DiagnosticManager", value: "DiagMgr" },
  customFieldsManager: { type: "CustomFieldsManager", value: "CustomFieldsManager" },
  licenseManager: { type: "LicenseManager", value: "LicenseManager" },
  extensionManager: { type: "ExtensionManager", value: "ExtensionManager" },
  userDirectory: { type: "UserDirectory", value: "UserDirectory" },
  customizationSpecManager: { type: "CustomizationSpecManager", value: "CustomizationSpecManager" },
} as const;

/** The manager of licences leads to it. */
export const licenseAssignmentManager: Ref<"LicenseAssignmentManager"> = Object.freeze({
  type: "LicenseAssignmentManager",
  value: "LicenseAssignmentManager",
});

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

const byId = (refs: readonly Ref[]): ReadonlyMap<string, Ref> =>
  new Map([serviceInstance, ...refs, ...Object.values(guestManagers)].map((ref) => [ref.value, ref]));

const esxServices = onEsx(services);

/** Singletons by their id. */
export const singletons: Readonly<Record<Flavour, ReadonlyMap<string, Ref>>> = {
  vcenter: byId([licenseAssignmentManager, ...Object.values(services)]),
  esx: byId([licenseAssignmentManager, ...Object.values(esxServices)]),
};

/** API version that the simulated vCenter shows; it answers calls of newer versions too. */
export const apiVersion = "8.0.3.0";

function about(instanceUuid: string, shownVersion: string): vim.AboutInfo {
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
    apiVersion: shownVersion,
    instanceUuid,
    licenseProductName: "VMware VirtualCenter Server",
    licenseProductVersion: "8.0",
  });
}

export function serviceContent({
  flavour,
  rootFolder,
  instanceUuid,
  universe,
}: Pick<Core, "flavour" | "rootFolder" | "instanceUuid" | "universe">): vim.ServiceContent {
  const shownVersion = universe.options.apiVersion ?? apiVersion;
  if (flavour === "esx") {
    return shownVersion === apiVersion ? esxContent : Object.freeze({ ...esxContent, about: esxProduct(shownVersion) });
  }
  const root: Ref<"Folder"> = { type: "Folder", value: `group-d${rootFolder}` };
  return Object.freeze({ rootFolder: Object.freeze(root), about: about(instanceUuid, shownVersion), ...services });
}

const esxContent: vim.ServiceContent = Object.freeze({
  rootFolder: Object.freeze({ type: "Folder", value: "ha-folder-root" }),
  propertyCollector: services.propertyCollector,
  viewManager: services.viewManager,
  ...esxServices,
  about: esxProduct(apiVersion),
});
