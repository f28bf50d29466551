import { dirname } from "node:path";
import Conf from "conf";
import { UsageError } from "./exit.ts";

/** A server one connects to often. Passwords are never part of it: they are asked for. */
export interface Profile {
  readonly url: string;
  readonly user?: string;
  /** SHA-256 of the server's certificate, for servers whose authority is not known here. */
  readonly thumbprint?: string;
  /** Path of a PEM file with the authorities to trust. */
  readonly ca?: string;
  /** Do not check the server's certificate at all. */
  readonly insecure?: boolean;
}

export type Preference = string | number | boolean;

interface Settings extends Record<string, unknown> {
  readonly preferences: Readonly<Record<string, Preference>>;
  readonly profiles: Readonly<Record<string, Profile>>;
}

const text = { type: "string" } as const;

const schema = {
  preferences: { type: "object", additionalProperties: { anyOf: [text, { type: "number" }, { type: "boolean" }] } },
  profiles: {
    type: "object",
    additionalProperties: {
      type: "object",
      required: ["url"],
      properties: { url: text, user: text, thumbprint: text, ca: text, insecure: { type: "boolean" } },
      additionalProperties: false,
    },
  },
} as const;

/** What conf needs to know for every file of ours: where it is, and that nobody else may read it. */
export function fileOptions(directory: string | undefined) {
  return {
    projectName: "fargo",
    projectSuffix: "",
    ...(directory === undefined ? {} : { cwd: directory }),
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
  };
}

/** Where the files are when the environment says so; else conf takes the place usual on this system. */
export const configDirectory = (): string | undefined => process.env.FARGO_CONFIG_DIR || undefined;

/**
 * Preferences and profiles, kept in `config.json` in the user's configuration folder (or in `FARGO_CONFIG_DIR`).
 *
 * @example
 * ```ts
 * const config = openConfiguration();
 * config.saveProfile("lab", { url: "https://vcenter.lab", user: "administrator@vsphere.local" });
 * config.profile("lab")?.url; // "https://vcenter.lab"
 * ```
 * @throws UsageError that names the file, when it cannot be read or holds something else than settings
 */
export function openConfiguration(directory = configDirectory()): Configuration {
  const options = { ...fileOptions(directory), configName: "config", schema };
  let conf: Conf<Settings>;
  try {
    conf = new Conf<Settings>({ ...options, defaults: { preferences: {}, profiles: {} } });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`the settings in ${directory ?? "the configuration folder"} cannot be read: ${reason}`, {
      cause: error,
    });
  }
  return new Configuration(conf);
}

export class Configuration {
  readonly #conf: Conf<Settings>;

  constructor(conf: Conf<Settings>) {
    this.#conf = conf;
  }

  get directory(): string {
    return dirname(this.#conf.path);
  }

  get profiles(): Readonly<Record<string, Profile>> {
    return this.#conf.get("profiles");
  }

  /** The profile of that name, in any case, as names are in the shell. */
  profile(name: string): Profile | undefined {
    const wanted = name.toLowerCase();
    return Object.entries(this.profiles).find(([key]) => key.toLowerCase() === wanted)?.[1];
  }

  saveProfile(name: string, profile: Profile): void {
    this.#conf.set("profiles", { ...this.profiles, [name]: profile });
  }

  preference(name: string): Preference | undefined {
    const preferences = this.#conf.get("preferences");
    return Object.hasOwn(preferences, name) ? preferences[name] : undefined;
  }

  setPreference(name: string, value: Preference): void {
    this.#conf.set("preferences", { ...this.#conf.get("preferences"), [name]: value });
  }
}
