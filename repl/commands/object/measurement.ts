import { isNumber, PSObject, toDouble, toFloat, tryNumber, type Value } from "../../language/index.ts";
import { order } from "./order.ts";

/** Running figures of one property, for Measure-Object. */
export class Measurement {
  count = 0;
  #sum = 0;
  #squares = 0;
  #mean = 0;
  #least: Value = null;
  #most: Value = null;

  /** Counts a value; false when a number is wanted and it is none. */
  add(value: Value, wantsNumber: boolean): boolean {
    // A property that is empty counts, and adds nothing.
    if (value === null) {
      this.count++;
      return true;
    }
    const number = isNumber(value) ? value : wantsNumber ? tryNumber(value) : undefined;
    if (wantsNumber && number === undefined) return false;
    this.count++;
    if (number !== undefined) this.#addNumber(toFloat(number));
    const comparable = number ?? value;
    if (this.#least === null || order(comparable, this.#least) < 0) this.#least = comparable;
    if (this.#most === null || order(comparable, this.#most) > 0) this.#most = comparable;
    return true;
  }

  // Welford's method: the deviation of large figures that lie close together does not vanish in rounding.
  #addNumber(number: number): void {
    this.#sum += number;
    const before = this.#mean;
    this.#mean += (number - before) / this.count;
    this.#squares += (number - before) * (number - this.#mean);
  }

  /** What Measure-Object puts out: figures that were not asked for are null. */
  result(wanted: MeasureSwitches, property: string | null): PSObject {
    const { count } = this;
    const figure = (asked: boolean, value: () => Value) => (asked && count > 0 ? value() : null);
    return PSObject.of(
      {
        Count: count,
        Average: figure(wanted.Average, () => toDouble(this.#sum / count)),
        Sum: figure(wanted.Sum, () => toDouble(this.#sum)),
        Maximum: figure(wanted.Maximum, () => asDouble(this.#most)),
        Minimum: figure(wanted.Minimum, () => asDouble(this.#least)),
        StandardDeviation: figure(wanted.StandardDeviation, () =>
          toDouble(count > 1 ? Math.sqrt(this.#squares / (count - 1)) : 0),
        ),
        Property: property,
      },
      "Microsoft.PowerShell.Commands.GenericMeasureInfo",
    );
  }
}

export interface MeasureSwitches {
  readonly Sum: boolean;
  readonly Average: boolean;
  readonly Maximum: boolean;
  readonly Minimum: boolean;
  readonly StandardDeviation: boolean;
}

function asDouble(value: Value): Value {
  return isNumber(value) ? toDouble(toFloat(value)) : value;
}
