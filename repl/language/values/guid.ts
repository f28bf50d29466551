/** A `[guid]`. */
export class Guid {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  static parse(text: string): Guid | undefined {
    const digits = text
      .trim()
      .replace(/[{}()-]/g, "")
      .toLowerCase();
    if (!/^[0-9a-f]{32}$/.test(digits)) return undefined;
    return new Guid(digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"));
  }

  static random(): Guid {
    return new Guid(crypto.randomUUID());
  }

  toString(): string {
    return this.text;
  }
}
