export const namespaces = {
  envelope: "http://schemas.xmlsoap.org/soap/envelope/",
  vim: "urn:vim25",
  vsan: "urn:vsan",
  xsi: "http://www.w3.org/2001/XMLSchema-instance",
  xsd: "http://www.w3.org/2001/XMLSchema",
  xml: "http://www.w3.org/XML/1998/namespace",
  xmlns: "http://www.w3.org/2000/xmlns/",
} as const;

/** The namespaces in which elements of vim25 travel; without one they do in requests of careless clients. */
const ours: ReadonlySet<string> = new Set([
  namespaces.vim,
  namespaces.vsan,
  "urn:vim2",
  "urn:internalvim25",
  "urn:reflect",
  "",
]);

export const isOurs = (uri: string): boolean => ours.has(uri);

/** What prefixes mean, element within element. */
export class Scopes {
  readonly #bound: { readonly prefix: string; readonly uri: string; readonly depth: number }[] = [];
  /** How deep the innermost element is that binds any; -1: none. */
  depth = -1;
  /** Whether elements without a prefix are of vim25. */
  plainIsOurs = true;
  /** Whether the prefixes `xsi` and `xsd`, and names without a prefix, mean what they usually do. */
  usual = false;

  bind(prefix: string, uri: string, depth: number): void {
    this.#bound.push({ prefix, uri, depth });
    this.depth = depth;
    this.#changed();
  }

  /** What a prefix means here; "" is the default namespace. Undefined where it means nothing. */
  lookUp(prefix: string): string | undefined {
    for (let i = this.#bound.length - 1; i >= 0; i--) if (this.#bound[i]?.prefix === prefix) return this.#bound[i]?.uri;
    if (prefix === "xml") return namespaces.xml;
    return prefix === "" ? "" : undefined;
  }

  /** Forgets what elements at a depth or deeper have bound. */
  leave(depth: number): void {
    while ((this.#bound.at(-1)?.depth ?? -1) >= depth) this.#bound.pop();
    this.depth = this.#bound.at(-1)?.depth ?? -1;
    this.#changed();
  }

  #changed(): void {
    this.plainIsOurs = isOurs(this.lookUp("") ?? "");
    this.usual = this.plainIsOurs && this.lookUp("xsi") === namespaces.xsi && this.lookUp("xsd") === namespaces.xsd;
  }
}
