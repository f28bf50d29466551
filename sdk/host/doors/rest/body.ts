import { invalid } from "./error.ts";

/** An object of JSON that a client has sent, read member by member. What is not read in the end is refused. */
export class Body {
  readonly #fields: ReadonlyMap<string, unknown>;
  readonly #path: string;
  readonly #read = new Set<string>();

  constructor(value: unknown, path: string) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw invalid(`${path === "" ? "The body" : `'${path}'`} must be an object of JSON.`);
    }
    this.#fields = new Map(Object.entries(value));
    this.#path = path;
  }

  at(name: string): string {
    return this.#path === "" ? name : `${this.#path}.${name}`;
  }

  #take(name: string): unknown {
    this.#read.add(name);
    return this.#fields.get(name) ?? undefined;
  }

  text(name: string): string | undefined {
    const value = this.#take(name);
    if (value === undefined || typeof value === "string") return value;
    throw invalid(`'${this.at(name)}' must be a string.`);
  }
  requiredText(name: string): string {
    const value = this.text(name);
    if (value !== undefined && value !== "") return value;
    throw invalid(`'${this.at(name)}' is required.`);
  }
  flag(name: string): boolean | undefined {
    const value = this.#take(name);
    if (value === undefined || typeof value === "boolean") return value;
    throw invalid(`'${this.at(name)}' must be true or false.`);
  }
  /** A whole number. */
  count(name: string): number | undefined {
    const value = this.#take(name);
    if (value === undefined || (typeof value === "number" && Number.isSafeInteger(value))) return value;
    throw invalid(`'${this.at(name)}' must be a whole number.`);
  }
  object(name: string): Body {
    return new Body(this.#take(name) ?? {}, this.at(name));
  }
  /** A map: an object below /api, a list of pairs of key and value below /rest. */
  map(name: string): [string, Body][] {
    const value = this.#take(name) ?? {};
    if (!Array.isArray(value)) {
      return Object.entries(value).map(([key, one]) => [key, new Body(one, `${this.at(name)}.${key}`)]);
    }
    return value.map((pair: unknown, i) => {
      const entry = new Body(pair, `${this.at(name)}[${i}]`);
      return [entry.requiredText("key"), entry.object("value")];
    });
  }

  /** Throws INVALID_ARGUMENT where there is a member that nothing has asked for: it would be left out in silence. */
  close(): void {
    for (const [name, value] of this.#fields) {
      if (this.#read.has(name) || value === null || isEmpty(value)) continue;
      throw invalid(`'${this.at(name)}' is not known, or not simulated.`);
    }
  }
}

const isEmpty = (value: unknown) => typeof value === "object" && value !== null && Object.keys(value).length === 0;
