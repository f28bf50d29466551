import type { Ref, vim } from "../vim/index.ts";

/** The ids that an ESXi has for what it, too, has one of, by the property of ServiceContent; it has nothing else. */
const ids: Readonly<Record<string, string>> = {
  propertyCollector: "ha-property-collector",
  viewManager: "ViewManager",
  userDirectory: "ha-user-directory",
  sessionManager: "ha-sessionmgr",
  authorizationManager: "ha-authmgr",
  serviceManager: "ha-servicemanager",
  perfManager: "ha-perfmgr",
  eventManager: "ha-eventmgr",
  taskManager: "ha-taskmgr",
  accountManager: "ha-localacctmgr",
  diagnosticManager: "ha-diagnosticmgr",
  licenseManager: "ha-license-manager",
  searchIndex: "ha-searchindex",
  fileManager: "ha-nfc-file-manager",
  virtualDiskManager: "ha-vdiskmanager",
  ovfManager: "ha-ovf-manager",
  localizationManager: "ha-l10n-manager",
  storageResourceManager: "ha-storage-resource-manager",
  guestOperationsManager: "ha-guest-operations-manager",
};

type Services = Readonly<Record<string, Ref>>;
type EsxServices<S extends Services> = { readonly [N in keyof S]?: Ref<S[N]["type"]> };

/** Those of a vCenter's services that an ESXi has, by its ids. */
export function onEsx<S extends Readonly<Record<string, Ref>>>(services: S): EsxServices<S> {
  const found = Object.entries(services).flatMap(([name, { type }]) => {
    const value = ids[name];
    return value === undefined ? [] : [[name, Object.freeze({ type, value })]];
  });
  return Object.freeze(Object.fromEntries(found));
}

/** What an ESXi says of itself, and a vCenter of its hosts. */
export const esxProduct = (apiVersion: string): vim.AboutInfo =>
  Object.freeze({
    name: "VMware ESXi",
    fullName: "VMware ESXi 8.0.3, simulated by Fargo",
    vendor: "VMware, Inc.",
    version: "8.0.3",
    build: "24022510",
    localeVersion: "INTL",
    localeBuild: "000",
    osType: "vmnix-x86",
    productLineId: "embeddedEsx",
    apiType: "HostAgent",
    apiVersion,
    licenseProductName: "VMware ESX Server",
    licenseProductVersion: "8.0",
  });

/** Methods of objects that an ESXi has which only a vCenter answers. */
export const ofVcenterOnly: ReadonlySet<string> = new Set([
  "AddHost_Task",
  "AddStandaloneHost_Task",
  "CloneVM_Task",
  "CreateCluster",
  "CreateClusterEx",
  "CreateDatacenter",
  "CreateDVS_Task",
  "CreateFolder",
  "CreateStoragePod",
  "CustomizeVM_Task",
  "CheckCustomizationSpec",
  "DisconnectHost_Task",
  "InstantClone_Task",
  "MarkAsTemplate",
  "MarkAsVirtualMachine",
  "MigrateVM_Task",
  "MoveHostInto_Task",
  "MoveIntoFolder_Task",
  "MoveInto_Task",
  "PowerOnMultiVM_Task",
  "PromoteDisks_Task",
  "ReconnectHost_Task",
  "RelocateVM_Task",
  "SessionIsActive",
  "setCustomValue",
]);
