import type { vim } from "../../vim/index.ts";
import { fault, invalidArgument } from "../faults.ts";
import type { Settings } from "../state/settings.ts";

type Value = string | number | boolean;

/** Options that clients read and set: nothing in the simulator acts on them, they read back as they were written. */
const defaults: Readonly<Record<string, Value>> = {
  "VirtualCenter.InstanceName": "vcenter",
  "VirtualCenter.FQDN": "vcenter",
  "VirtualCenter.ManagedIP": "",
  "VirtualCenter.MaxDBConnection": 50,
  "VirtualCenter.AutoManagedIPV4": "127.0.0.1",
  "VirtualCenter.VimPasswordExpirationInDays": 30,
  "VirtualCenter.PortNumber": 902,
  "instance.id": 1,
  "client.timeout.normal": 30,
  "client.timeout.long": 120,
  "event.maxAge": 30,
  "event.maxAgeEnabled": true,
  "task.maxAge": 30,
  "task.maxAgeEnabled": true,
  "log.level": "info",
  "mail.sender": "",
  "mail.smtp.server": "",
  "mail.smtp.port": 25,
  "snmp.receiver.1.enabled": true,
  "snmp.receiver.1.name": "localhost",
  "snmp.receiver.1.port": 162,
  "snmp.receiver.1.community": "public",
  "config.log.level": "info",
  "config.log.maxFileNum": 50,
  "config.log.maxFileSize": 52428800,
  "config.nfc.useSSL": true,
  "config.vpxd.network.rollback": true,
  "config.vpxd.das.completeMetadataUpdateIntervalSec": 600,
  "config.vpxd.hostPasswordLength": 32,
  "config.vpxd.filter.hostRescanFilter": "true",
  "config.vpxd.certmgmt.mode": "vmca",
  "config.vpxd.certmgmt.certs.daysValid": 1825,
  "config.vpxd.heartbeat.notRespondingTimeout": 60,
  "config.vmacore.threadPool.TaskMax": 90,
  "config.registry.key_VCInstanceId": "1",
};

const prefixes = [...new Set(Object.keys(defaults).map((key) => key.slice(0, key.indexOf(".") + 1)))];

/** All options of the vCenter, with what is set. */
export function vcenterOptions(settings: Settings): vim.OptionValue[] {
  const values: Readonly<Record<string, unknown>> = { ...defaults, ...settings.options };
  return Object.keys(values)
    .sort()
    .map((key) => ({ _typeName: "OptionValue", key, value: values[key] }));
}

/** Those of a name, or of all names that begin with one; all of them where none is given. Throws InvalidName. */
export function queryVcenterOptions(settings: Settings, name: string | undefined): vim.OptionValue[] {
  const all = vcenterOptions(settings);
  if (name === undefined || name === "") return all;
  const branch = name.endsWith(".") ? name : `${name}.`;
  const found = all.filter(({ key }) => key === name || key.startsWith(branch));
  if (found.length > 0) return found;
  throw fault("InvalidName", { name }, `The vCenter has no option '${name.slice(0, 200)}'.`);
}

/**
 * Settings with options changed, all or none. A known option keeps the type of its value; new ones may be added where vCenter takes
 * them, which is below the branches that it has.
 */
export function withVcenterOptions(settings: Settings, changes: readonly vim.OptionValue[]): Settings {
  const options: Record<string, unknown> = { ...settings.options };
  changes.forEach(({ key, value }, i) => {
    const known = Object.hasOwn(defaults, key) ? defaults[key] : undefined;
    if (known === undefined && !prefixes.some((prefix) => key.startsWith(prefix) && key.length > prefix.length))
      throw fault("InvalidName", { name: key }, `The vCenter has no option '${key.slice(0, 200)}'.`);
    const wanted = typeof value === "bigint" ? Number(value) : value;
    const type = known === undefined ? undefined : typeof known;
    const fits =
      ["string", "number", "boolean"].includes(typeof wanted) && (type === undefined || typeof wanted === type);
    if (!fits) throw invalidArgument(`changedValue[${i}].value`, `${key} is a ${type ?? "string, number or boolean"}.`);
    options[key] = wanted;
  });
  return { ...settings, options };
}

/** What kind of value each of the known options takes. */
export const vcenterOptionDefs = (): vim.OptionDef[] =>
  Object.entries(defaults).map(([key, value]) => ({ key, label: key, summary: key, optionType: typeOf(value) }));

function typeOf(value: Value): vim.OptionType {
  const valueIsReadonly = false;
  if (typeof value === "boolean") {
    const type: vim.BoolOption = { _typeName: "BoolOption", valueIsReadonly, supported: true, defaultValue: value };
    return type;
  }
  if (typeof value === "string") {
    const type: vim.StringOption = { _typeName: "StringOption", valueIsReadonly, defaultValue: value };
    return type;
  }
  const bounds = { min: 0, max: 2 ** 31 - 1, defaultValue: value };
  const type: vim.IntOption = { _typeName: "IntOption", valueIsReadonly, ...bounds };
  return type;
}
