/** One option of a command line whose words are `--name value`, `--name=value` or `--name`. */
export interface ServeOption {
  readonly type: "boolean" | "string";
  /** What the help calls the value of a string option. */
  readonly value?: string;
  readonly describe: string;
}

/** What `fargo serve` takes. This table is the only place where its options are declared; `help.ts` shows it to yargs. */
export const serveOptions = {
  listen: {
    type: "string",
    value: "address:port",
    describe: "Where to listen; port 0 picks a free one. Addresses others can reach need a password [127.0.0.1:8989]",
  },
  "no-tls": { type: "boolean", describe: "Plain HTTP" },
  cert: { type: "string", value: "file", describe: "Certificate in PEM; without it, one is made on the spot" },
  key: { type: "string", value: "file", describe: "The certificate's private key in PEM" },
  user: { type: "string", value: "name", describe: "Who may log in [administrator@vsphere.local, with --esx root]" },
  password: {
    type: "string",
    value: "password",
    describe:
      "The password; FARGO_PASSWORD keeps it out of the list of processes. Without either, one is made and shown",
  },
  role: { type: "string", value: "role", describe: "What the user may do: Admin, ReadOnly, NoAccess, ... [Admin]" },
  inventory: {
    type: "string",
    value: "counts|file",
    describe: "machines=2500,clusters=4,hosts=8,... or a JSON file with counts or a description [the lab]",
  },
  esx: { type: "boolean", describe: "A single ESXi host in the place of a vCenter" },
  seed: { type: "string", value: "number", describe: "Repeatable: the same seed and calls give the same answers" },
  clock: { type: "string", value: "instant|real", describe: "Tasks finish at once, or take their time [instant]" },
  watch: { type: "boolean", describe: "Show every request, one line each, on standard error" },
} as const satisfies Record<string, ServeOption>;

type ServeOptionName = keyof typeof serveOptions;
export type ServeValues = Readonly<Partial<Record<ServeOptionName, string | true>>>;

const isName = (name: string): name is ServeOptionName => Object.hasOwn(serveOptions, name);

export type ServeArguments =
  | { readonly kind: "values"; readonly values: ServeValues }
  | { readonly kind: "help" }
  | { readonly kind: "usage"; readonly message: string };

const usage = (message: string): ServeArguments => ({ kind: "usage", message });

/** Reads the words behind `fargo serve`. */
export function readServeArguments(argv: readonly string[]): ServeArguments {
  const values: Partial<Record<ServeOptionName, string | true>> = {};
  if (argv.some((token) => token === "--help" || token === "-h")) return { kind: "help" };
  for (let at = 0; at < argv.length; at++) {
    const token = argv[at] ?? "";
    if (!token.startsWith("--") || token === "--") return usage(`${JSON.stringify(token)} is not an option`);
    const equals = token.indexOf("=");
    const name = equals < 0 ? token.slice(2) : token.slice(2, equals);
    if (!isName(name)) return usage(`unknown option ${JSON.stringify(`--${name}`)}${suggestion(name)}`);
    if (values[name] !== undefined) return usage(`--${name} is given twice`);
    if (serveOptions[name].type === "boolean") {
      if (equals >= 0) return usage(`--${name} takes no value`);
      values[name] = true;
    } else {
      const value = equals < 0 ? argv[++at] : token.slice(equals + 1);
      if (value === undefined || value === "") return usage(`--${name} needs a value`);
      values[name] = value;
    }
  }
  return { kind: "values", values };
}

function suggestion(name: string): string {
  const near = Object.keys(serveOptions).find((one) => one.slice(0, 2) === name.slice(0, 2).toLowerCase());
  return near === undefined ? "" : `; did you mean --${near}?`;
}
