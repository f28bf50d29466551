import type { vim } from "../../vim/index.ts";
import { fault, invalidArgument } from "../faults.ts";
import type { HostRecord } from "../state/record.ts";

/** An advanced option of a host: a whole number within bounds, a text or a switch. */
interface Option {
  readonly least?: number;
  readonly most?: number;
  readonly otherwise: Value;
  readonly summary: string;
}
type Value = number | string | boolean;

const number = (least: number, most: number, otherwise: number, summary: string): Option => ({
  least,
  most,
  otherwise,
  summary,
});

/** Of the thousand that an ESXi has: the one that the simulator acts on, and those that tools set, which read back as written. */
const options = {
  "Annotations.WelcomeMessage": { otherwise: "", summary: "Welcome message of the console" },
  "Config.Etc.issue": { otherwise: "", summary: "Contents of /etc/issue" },
  "Config.Etc.motd": { otherwise: "", summary: "Contents of /etc/motd" },
  "Config.HostAgent.log.level": { otherwise: "info", summary: "How much the host agent logs" },
  "Config.HostAgent.plugins.solo.enableMob": { otherwise: false, summary: "Whether the object browser is on" },
  "Mem.ShareForceSalting": number(0, 2, 2, "Salting of page sharing between machines"),
  "Migrate.ProhibitInstantClone": number(0, 1, 0, "Prohibit instant clones of the machines that run on this host"),
  "NFS.MaxVolumes": number(8, 256, 32, "Most NFS volumes that can be mounted"),
  "Net.TcpipHeapMax": number(0, 1536, 1536, "Most memory of the TCP/IP stack, in MiB"),
  "Security.AccountLockFailures": number(0, 100, 5, "Failed logins after which an account is locked"),
  "Security.AccountUnlockTime": number(0, 86_400, 900, "Seconds for which an account is locked"),
  "Syslog.global.logDir": { otherwise: "[] /scratch/log", summary: "Directory of the logs" },
  "Syslog.global.logHost": { otherwise: "", summary: "Where logs are sent" },
  "UserVars.DcuiTimeOut": number(0, 86_400, 600, "Seconds after which an idle console is logged out"),
  "UserVars.ESXiShellInteractiveTimeOut": number(0, 86_400, 0, "Seconds after which an idle shell is logged out"),
  "UserVars.ESXiShellTimeOut": number(0, 86_400, 0, "Seconds for which the shell is available"),
  "UserVars.HostClientSessionTimeout": number(0, 7_200, 900, "Seconds after which an idle web client is logged out"),
  "UserVars.SuppressShellWarning": number(0, 1, 0, "Do not warn that the shell is on"),
} as const satisfies Record<string, Option>;

export type HostOption = keyof typeof options;
const isOption = (name: string): name is HostOption => Object.hasOwn(options, name);
const names = Object.keys(options).filter(isOption);

/** What an option of a host is set to. */
export const optionOf = (host: HostRecord, name: HostOption): Value => host.options?.[name] ?? options[name].otherwise;

const shownOption = (host: HostRecord, key: HostOption): vim.OptionValue => ({
  _typeName: "OptionValue",
  key,
  value: optionOf(host, key),
});

export const settings = (host: HostRecord): vim.OptionValue[] => names.map((name) => shownOption(host, name));

/** The options of a name, or of all names that begin with one that ends in a dot; all of them where none is given. */
export function queryOptions(host: HostRecord, name: string | undefined): vim.OptionValue[] {
  if (name === undefined || name === "") return settings(host);
  const found = names.filter((known) => known === name || known.startsWith(name.endsWith(".") ? name : `${name}.`));
  if (found.length === 0) throw unknown(name);
  return found.map((known) => shownOption(host, known));
}

/** A host with some of its options changed, all or none. */
export function withOptions(host: HostRecord, changes: readonly vim.OptionValue[]): HostRecord {
  const changed: Record<string, Value> = { ...host.options };
  changes.forEach(({ key, value }, i) => {
    if (!isOption(key)) throw unknown(key);
    const option: Option = options[key];
    const wanted = typeof value === "bigint" ? Number(value) : value;
    const { least = 0, most = 0, otherwise } = option;
    if (typeof wanted === "number" && typeof otherwise === "number") {
      if (Number.isInteger(wanted) && wanted >= least && wanted <= most) changed[key] = wanted;
      else throw invalidArgument(`changedValue[${i}].value`, `${key} is a whole number from ${least} to ${most}.`);
    } else if ((typeof wanted === "string" || typeof wanted === "boolean") && typeof wanted === typeof otherwise) {
      changed[key] = wanted;
    } else {
      throw invalidArgument(`changedValue[${i}].value`, `${key} is a ${typeof otherwise}.`);
    }
  });
  return { ...host, options: changed };
}

const unknown = (name: string) =>
  fault(
    "InvalidName",
    { name },
    `There is no advanced option '${name.slice(0, 200)}'. The simulated hosts have ${names.join(", ")}.`,
  );

export const supportedOptions = (): vim.OptionDef[] =>
  names.map((key) => ({ key, label: key, summary: options[key].summary, optionType: typeOf(options[key]) }));

function typeOf({ least, most, otherwise }: Option): vim.OptionType {
  const valueIsReadonly = false;
  if (typeof otherwise === "string")
    return { _typeName: "StringOption", valueIsReadonly, defaultValue: otherwise } satisfies vim.StringOption;
  if (typeof otherwise === "boolean") {
    const type = { _typeName: "BoolOption", valueIsReadonly, supported: true, defaultValue: otherwise } as const;
    return type satisfies vim.BoolOption;
  }
  const bounds = { min: least ?? 0, max: most ?? 0, defaultValue: otherwise };
  return { _typeName: "LongOption", valueIsReadonly, ...bounds } satisfies vim.LongOption;
}
