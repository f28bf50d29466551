import { UsageError } from "../exit.ts";
import { type GoFlag, type GoValues, parseGoFlags } from "./go-flags.ts";

const int = (otherwise: number, describe: string) => ({ type: "int", otherwise, describe }) as const;
const bool = (otherwise: boolean, describe: string) => ({ type: "bool", otherwise, describe }) as const;
const string = (otherwise: string, describe: string) => ({ type: "string", otherwise, describe }) as const;

/** vcsim's flags, with its defaults. */
export const vcsimFlags = {
  E: string("-", "Write the variables to this file or FIFO; -: standard output"),
  "api-version": string("", "API version to show"),
  app: int(0, "Number of virtual apps per compute resource (not simulated: 0 only)"),
  autostart: bool(true, "Power the machines on"),
  cluster: int(1, "Number of clusters per datacenter"),
  dc: int(1, "Number of datacenters"),
  delay: int(0, "Milliseconds that every method takes longer"),
  "delay-jitter": { type: "float", otherwise: 0, describe: "Coefficient of variation of the delays (try 0.5)" },
  ds: int(1, "Number of datastores per datacenter"),
  esx: bool(false, "A single ESXi host in the place of a vCenter"),
  folder: int(0, "Number of datacenters that are placed in folders, with all that they have"),
  host: int(3, "Number of hosts per cluster"),
  l: string("127.0.0.1:8989", "Listen address; port 0 picks a free one"),
  load: string("", "Load an inventory from a directory (not simulated)"),
  "method-delay": string("", "method1:ms,method2:ms,... CloneVM_Task delays the call, CloneVM the task"),
  nsx: int(0, "Number of NSX opaque networks (not simulated: 0 only)"),
  password: string("", "Login password, or a file with it (any is accepted by default)"),
  pg: int(1, "Number of distributed port groups per datacenter"),
  "pg-nsx": int(0, "Number of NSX backed port groups (not simulated: 0 only)"),
  pod: int(0, "Number of storage pods per datacenter (not simulated: 0 only)"),
  pool: int(0, "Number of resource pools per cluster, which then have the machines"),
  "standalone-host": int(1, "Number of standalone hosts per datacenter"),
  stdinexit: bool(false, "End when a key is pressed"),
  tls: bool(true, "TLS"),
  tlscert: string("", "Certificate file, in PEM"),
  tlskey: string("", "Key file, in PEM"),
  trace: bool(false, "Write requests and answers to -trace-file"),
  "trace-file": string("", "File to trace to (standard error by default)"),
  tunnel: int(-1, "Port of a proxy for tunnelled requests; 0 picks a free one"),
  username: string("", "Login user name, or a file with it (any is accepted by default)"),
  vm: int(2, "Number of machines per resource pool and standalone host"),
} as const satisfies Readonly<Record<string, GoFlag>>;

export type VcsimFlags = GoValues<typeof vcsimFlags>;
type Flag = keyof VcsimFlags;

/** What vcsim makes and the simulated vCenter has not: asked for, it is refused rather than left out. */
const missing: readonly (readonly [Flag, string])[] = [
  ["app", "virtual apps"],
  ["pod", "storage pods"],
  ["nsx", "NSX networks"],
  ["pg-nsx", "NSX port groups"],
];

const counted = [
  "app",
  "cluster",
  "dc",
  "ds",
  "folder",
  "host",
  "nsx",
  "pg",
  "pg-nsx",
  "pod",
  "pool",
  "standalone-host",
  "vm",
] as const;

export type VcsimArguments =
  | { readonly kind: "run"; readonly flags: VcsimFlags }
  | { readonly kind: "help" | "version" | "uuidgen" };

/**
 * Reads the words behind `fargo vcsim`.
 *
 * @throws UsageError that names the flag
 */
export function readVcsimArguments(argv: readonly string[]): VcsimArguments {
  const { help, given, rest } = parseGoFlags(vcsimFlags, argv);
  if (help) return { kind: "help" };
  const [word] = rest;
  if (word === "version" || word === "uuidgen") return { kind: word };
  if (word !== undefined) throw new UsageError(`${JSON.stringify(word)} is neither a flag nor version or uuidgen`);
  // parseGoFlags gives every flag a value of the type it is declared with
  const entries = Object.entries<GoFlag>(vcsimFlags).map(([name, flag]) => [name, given.get(name) ?? flag.otherwise]);
  const flags = Object.fromEntries(entries) as VcsimFlags;
  for (const name of counted) {
    if (flags[name] < 0) throw new UsageError(`-${name} is a number of things, and cannot be ${flags[name]}`);
  }
  for (const [name, what] of missing) {
    if (flags[name] !== 0) throw new UsageError(`-${name}: ${what} are not simulated; leave the flag out, or give 0`);
  }
  if (flags.load !== "") throw new UsageError("-load: saved inventories cannot be loaded");
  if (flags.tunnel > 65_535) throw new UsageError(`-tunnel is a port, not ${flags.tunnel}`);
  return { kind: "run", flags };
}

/** What `fargo vcsim --help` prints. */
export function vcsimHelp(): string {
  const lines = Object.entries<GoFlag>(vcsimFlags).flatMap(([name, { type, otherwise, describe }]) => [
    `  -${name}${type === "bool" ? "" : ` ${type}`}`,
    `      ${describe}${otherwise === "" || otherwise === 0 || otherwise === false ? "" : ` [${otherwise}]`}`,
  ]);
  return `The simulated vCenter with vcsim's flags, names and output: a script that starts vcsim changes one word.

fargo vcsim [flags]
fargo vcsim version | uuidgen

Flags are written as -name value, -name=value or --name=value; those without a value are switched off by -name=false.

${lines.join("\n")}

It prints export GOVC_URL=... GOVC_SIM_PID=..., and SIGINT or SIGTERM ends it with exit code 0; 1: it could not listen;
2: wrong usage. Any user and password may log in unless -username and -password are given; addresses that others can reach need them.
`;
}
