/** Characters that are kept at most. */
const budget = 8_000_000;

/**
 * What was written of frozen objects, as long as they live: machines made from one base share most of their devices, and what is
 * derived from an unchanged record may be the same object every time. All is forgotten once it has become much.
 */
export class Fragments {
  #known = new WeakMap<object, string>();
  #room = budget;

  get(value: object): string | undefined {
    return this.#known.get(value);
  }

  keep(value: object, text: string): void {
    this.#room -= text.length;
    if (this.#room < 0) {
      this.#known = new WeakMap();
      this.#room = budget;
    }
    this.#known.set(value, flat(text));
  }
}

/** The same string in one part: one put together of many is copied part by part each time that it is put into another. */
function flat(text: string): string {
  // Looking for a character is what makes the engine do it.
  return text.indexOf("\0") < 0 ? text : "";
}
