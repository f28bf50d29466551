const MAX_SCALE = 28;
const MAX = (1n << 96n) - 1n;
const TEN = 10n;

/** A `[decimal]`: `units` / 10^`scale`, exact, at most 96 bits and 28 places. */
export class Decimal {
  readonly units: bigint;
  readonly scale: number;

  constructor(units: bigint, scale: number) {
    this.units = units;
    this.scale = scale;
  }

  /** Drops places (rounding half to even) until it fits; throws RangeError when even the integer does not. */
  static of(units: bigint, scale: number): Decimal {
    let value = new Decimal(units, scale);
    while (value.scale > MAX_SCALE || magnitude(value.units) > MAX) {
      if (value.scale === 0) throw new RangeError("Value was either too large or too small for a Decimal.");
      value = new Decimal(roundedDivide(value.units, TEN), value.scale - 1);
    }
    return value;
  }

  /** Reads `12`, `-1.50` or `1e-3`; undefined when the text is not a number. */
  static parse(text: string): Decimal | undefined {
    const parts = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?\s*$/.exec(text);
    if (parts === null || !(parts[2] || parts[3])) return undefined;
    const fraction = parts[3] ?? "";
    const digits = BigInt(`${parts[2] ?? ""}${fraction}`);
    const scale = fraction.length - Number(parts[4] ?? 0);
    const units = parts[1] === "-" ? -digits : digits;
    return scale < 0 ? Decimal.of(units * TEN ** BigInt(-scale), 0) : Decimal.of(units, scale);
  }

  static fromNumber(value: number): Decimal {
    const parsed = Number.isFinite(value) ? Decimal.parse(String(Number(value.toPrecision(15)))) : undefined;
    if (parsed === undefined) throw new RangeError("Value was either too large or too small for a Decimal.");
    return parsed;
  }

  /** The units at a larger scale. */
  unitsAt(scale: number): bigint {
    return this.units * TEN ** BigInt(scale - this.scale);
  }

  add(other: Decimal): Decimal {
    const scale = Math.max(this.scale, other.scale);
    return Decimal.of(this.unitsAt(scale) + other.unitsAt(scale), scale);
  }

  subtract(other: Decimal): Decimal {
    return this.add(new Decimal(-other.units, other.scale));
  }

  multiply(other: Decimal): Decimal {
    return Decimal.of(this.units * other.units, this.scale + other.scale);
  }

  divide(other: Decimal): Decimal {
    const extra = BigInt(MAX_SCALE + 2 + other.scale);
    const quotient = Decimal.of((this.units * TEN ** extra) / other.units, this.scale + MAX_SCALE + 2);
    return quotient.trimmed(Math.max(0, this.scale - other.scale));
  }

  remainder(other: Decimal): Decimal {
    const scale = Math.max(this.scale, other.scale);
    return new Decimal(this.unitsAt(scale) % other.unitsAt(scale), scale);
  }

  compare(other: Decimal): number {
    const scale = Math.max(this.scale, other.scale);
    const [left, right] = [this.unitsAt(scale), other.unitsAt(scale)];
    return left < right ? -1 : left > right ? 1 : 0;
  }

  /** Rounded half to even (or away from zero) to `places`. */
  round(places: number, awayFromZero = false): Decimal {
    if (this.scale <= places) return this;
    return new Decimal(roundedDivide(this.units, TEN ** BigInt(this.scale - places), awayFromZero), places);
  }

  /** The integer part, towards zero. */
  truncate(): bigint {
    return this.units / TEN ** BigInt(this.scale);
  }

  toNumber(): number {
    return Number(this.toString());
  }

  toString(): string {
    const digits = magnitude(this.units)
      .toString()
      .padStart(this.scale + 1, "0");
    const point = digits.length - this.scale;
    const text = this.scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
    return this.units < 0n ? `-${text}` : text;
  }

  private trimmed(scale: number): Decimal {
    let { units, scale: places } = this;
    while (places > scale && units % TEN === 0n) {
      units /= TEN;
      places -= 1;
    }
    return new Decimal(units, places);
  }
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function roundedDivide(value: bigint, by: bigint, awayFromZero = false): bigint {
  const quotient = value / by;
  const twice = magnitude(value % by) * 2n;
  const up = twice > by || (twice === by && (awayFromZero || quotient % 2n !== 0n));
  return up ? quotient + (value < 0n ? -1n : 1n) : quotient;
}
