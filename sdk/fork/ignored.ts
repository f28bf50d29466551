import type { ForkWarning } from "./warning.ts";

/** Properties of a machine's configuration that people try to set through `config`, where they are kept and change nothing. */
const properties: ReadonlySet<string> = new Set(
  [
    ["annotation", "notes", "cpuAllocation", "deviceChange", "firmware", "guestId", "instanceUuid", "ipAddress"],
    ["memory", "memoryAllocation", "memoryGB", "memoryMB", "name", "nicSettingMap", "numCoresPerSocket", "numCPU"],
    ["numCPUs", "powerOn", "powerState", "uuid", "version", "vAppConfig", "vmProfile"],
    // The same in the configuration file's own words.
    ["cpuid.coresPerSocket", "displayName", "guestOS", "memSize", "numvcpus", "uuid.bios", "uuid.location", "vc.uuid"],
    ["virtualHW.version"],
  ].flatMap((names) => names.map((name) => name.toLowerCase())),
);

const paths = /^(config|hardware|summary|runtime|guest|spec|customization)\./i;
const devices = /^(ethernet|scsi|sata|ide|nvme|serial|parallel|floppy|usb|sound|pciPassthru|vtpm)\d*[.:]/i;

function instead(key: string): string {
  if (/^(uuid|uuid\.bios)$/i.test(key)) return "Give it as biosUuid.";
  if (/^name$|^displayName$/i.test(key)) return "Give it as the clone's name.";
  if (/^(ethernet|serial|parallel|deviceChange)/i.test(key)) return "Give it as an edit in deviceChange.";
  return "An instant clone has its source's: change it there, or reconfigure the clone.";
}

/** What a key of an instant clone's `config` will not do, if it looks as if it should. vSphere keeps it and says nothing. */
export function ignoredSetting(key: string, name: string): ForkWarning | undefined {
  if (!properties.has(key.toLowerCase()) && !paths.test(key) && !devices.test(key)) return undefined;
  return {
    code: "IgnoredSetting",
    name,
    message: `'${key}' changes nothing in an instant clone: it is kept among the extra settings and vSphere ignores it. ${instead(key)}`,
  };
}
