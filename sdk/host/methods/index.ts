import type { ManagedType } from "../../vim/index.ts";
import type { AnyHandler, Handlers } from "../call.ts";
import { authorizationManager } from "./authorization-manager.ts";
import { clusterComputeResource, computeResource } from "./cluster-compute-resource.ts";
import { customFieldsManager } from "./custom-fields-manager.ts";
import { customizationSpecManager } from "./customization-spec-manager.ts";
import { datacenter } from "./datacenter.ts";
import { datastore } from "./datastore.ts";
import { diagnosticManager } from "./diagnostic-manager.ts";
import { distributedPortgroup } from "./distributed-portgroup.ts";
import { distributedSwitch } from "./distributed-switch.ts";
import { distributedSwitchManager } from "./distributed-switch-manager.ts";
import { environmentBrowser } from "./environment-browser.ts";
import { eventHistoryCollector, eventManager } from "./event-manager.ts";
import { extensionManager } from "./extension-manager.ts";
import { fileManager } from "./file-manager.ts";
import { folder } from "./folder.ts";
import { guestAliasManager } from "./guest-alias-manager.ts";
import { guestAuthManager } from "./guest-auth-manager.ts";
import { guestCustomizationManager } from "./guest-customization-manager.ts";
import { guestFileManager } from "./guest-file-manager.ts";
import { guestProcessManager } from "./guest-process-manager.ts";
import { historyCollector } from "./history-collector.ts";
import { hostDatastoreBrowser } from "./host-datastore-browser.ts";
import { hostDatastoreSystem } from "./host-datastore-system.ts";
import { hostNetworkSystem } from "./host-network-system.ts";
import { hostAutoStartManager, hostDateTimeSystem, hostFirewallSystem, hostServiceSystem } from "./host-services.ts";
import { hostStorageSystem } from "./host-storage-system.ts";
import { hostSystem } from "./host-system.ts";
import { hostVirtualNicManager } from "./host-virtual-nic-manager.ts";
import { httpNfcLease } from "./http-nfc-lease.ts";
import { inventoryView } from "./inventory-view.ts";
import { licenseAssignmentHandlers } from "./license-assignment-manager.ts";
import { licenseManager } from "./license-manager.ts";
import { listView } from "./list-view.ts";
import { managedEntity } from "./managed-entity.ts";
import { network } from "./network.ts";
import { optionManager } from "./option-manager.ts";
import { ovfManager } from "./ovf-manager.ts";
import { performanceManager } from "./performance-manager.ts";
import { propertyCollector } from "./property-collector.ts";
import { propertyFilter } from "./property-filter.ts";
import { provisioningChecker } from "./provisioning-checker.ts";
import { resourcePool } from "./resource-pool.ts";
import { searchIndex } from "./search-index.ts";
import { serviceInstance } from "./service-instance.ts";
import { sessionManager } from "./session-manager.ts";
import { task } from "./task.ts";
import { taskHistoryCollector, taskManager } from "./task-manager.ts";
import { userDirectory } from "./user-directory.ts";
import { view } from "./view.ts";
import { viewManager } from "./view-manager.ts";
import { virtualDiskManager } from "./virtual-disk-manager.ts";
import { virtualMachine } from "./virtual-machine.ts";
import { virtualMachineSnapshot } from "./virtual-machine-snapshot.ts";

/** The methods of one managed type, by name. Their types are put away here: the dispatcher checks what they are given. */
function of<T extends ManagedType>(type: T, handlers: Handlers<T>): [string, ReadonlyMap<string, AnyHandler>] {
  return [type, new Map(Object.entries(handlers) as [string, AnyHandler][])];
}

/** All that is simulated. A method that is not here answers NotSupported. */
export const registry: ReadonlyMap<string, ReadonlyMap<string, AnyHandler>> = new Map([
  of("AuthorizationManager", authorizationManager),
  of("ClusterComputeResource", clusterComputeResource),
  of("ComputeResource", computeResource),
  of("CustomFieldsManager", customFieldsManager),
  of("CustomizationSpecManager", customizationSpecManager),
  of("Datacenter", datacenter),
  of("Datastore", datastore),
  of("DiagnosticManager", diagnosticManager),
  of("DistributedVirtualPortgroup", distributedPortgroup),
  of("DistributedVirtualSwitch", distributedSwitch),
  of("DistributedVirtualSwitchManager", distributedSwitchManager),
  of("EnvironmentBrowser", environmentBrowser),
  of("EventHistoryCollector", eventHistoryCollector),
  of("EventManager", eventManager),
  of("ExtensionManager", extensionManager),
  of("FileManager", fileManager),
  of("Folder", folder),
  of("GuestAliasManager", guestAliasManager),
  of("GuestAuthManager", guestAuthManager),
  of("GuestFileManager", guestFileManager),
  of("GuestProcessManager", guestProcessManager),
  of("HistoryCollector", historyCollector),
  of("HostAutoStartManager", hostAutoStartManager),
  of("HostDatastoreBrowser", hostDatastoreBrowser),
  of("HostDateTimeSystem", hostDateTimeSystem),
  of("HostFirewallSystem", hostFirewallSystem),
  of("HostServiceSystem", hostServiceSystem),
  of("HostSystem", hostSystem),
  of("HostDatastoreSystem", hostDatastoreSystem),
  of("HostVirtualNicManager", hostVirtualNicManager),
  of("HostStorageSystem", hostStorageSystem),
  of("HostNetworkSystem", hostNetworkSystem),
  of("HttpNfcLease", httpNfcLease),
  of("InventoryView", inventoryView),
  of("LicenseAssignmentManager", licenseAssignmentHandlers),
  of("LicenseManager", licenseManager),
  of("ListView", listView),
  of("ManagedEntity", managedEntity),
  of("Network", network),
  of("OptionManager", optionManager),
  of("OvfManager", ovfManager),
  of("PerformanceManager", performanceManager),
  of("PropertyCollector", propertyCollector),
  of("PropertyFilter", propertyFilter),
  of("ResourcePool", resourcePool),
  of("SearchIndex", searchIndex),
  of("ServiceInstance", serviceInstance),
  of("SessionManager", sessionManager),
  of("Task", task),
  of("TaskHistoryCollector", taskHistoryCollector),
  of("TaskManager", taskManager),
  of("UserDirectory", userDirectory),
  of("VirtualMachineProvisioningChecker", provisioningChecker),
  of("View", view),
  of("ViewManager", viewManager),
  of("VirtualDiskManager", virtualDiskManager),
  of("VirtualMachine", virtualMachine),
  of("VirtualMachineGuestCustomizationManager", guestCustomizationManager),
  of("VirtualMachineSnapshot", virtualMachineSnapshot),
]);
