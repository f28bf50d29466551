import { invalid } from "./error.ts";

/** Filters of a query: `names=a&names=b`; in older clients `filter.names=a` and `filter.names.1=a`. */
export class Filter {
  readonly #values = new Map<string, Set<string>>();

  /** Throws INVALID_ARGUMENT for a filter that is not one of those named. */
  constructor(query: URLSearchParams, names: readonly string[]) {
    for (const [key, value] of query) {
      const [, name = ""] = /^(?:filter\.)?([a-z_]+)(?:\.\d+)?$/.exec(key) ?? [];
      if (!names.includes(name)) {
        throw invalid(`There is no filter '${key.slice(0, 100)}'. There are ${names.join(", ")}.`);
      }
      const values = this.#values.get(name);
      if (values) values.add(value);
      else this.#values.set(name, new Set([value]));
    }
  }

  /** The values of a filter; undefined where it is not set. */
  values(name: string): ReadonlySet<string> | undefined {
    return this.#values.get(name);
  }

  /** The values of a filter that takes some words only. Throws INVALID_ARGUMENT. */
  words(name: string, known: readonly string[]): ReadonlySet<string> | undefined {
    const values = this.#values.get(name);
    for (const value of values ?? []) {
      if (!known.includes(value)) {
        throw invalid(`'${value.slice(0, 100)}' is no value of ${name}. There are ${known.join(", ")}.`);
      }
    }
    return values;
  }
}
