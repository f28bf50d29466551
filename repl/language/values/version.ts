/** A `[version]`: two to four numbers. */
export class Version {
  readonly parts: readonly number[];

  constructor(parts: readonly number[]) {
    this.parts = parts;
  }

  static parse(text: string): Version | undefined {
    if (!/^\s*\d{1,9}(\.\d{1,9}){1,3}\s*$/.test(text)) return undefined;
    return new Version(text.trim().split(".").map(Number));
  }

  compare(other: Version): number {
    for (let index = 0; index < 4; index += 1) {
      const difference = (this.parts[index] ?? -1) - (other.parts[index] ?? -1);
      if (difference !== 0) return Math.sign(difference);
    }
    return 0;
  }

  toString(): string {
    return this.parts.join(".");
  }
}
