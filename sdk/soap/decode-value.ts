import { readAny } from "./read-value.ts";
import { Scanner } from "./scanner.ts";

/** Reads a value of any type from an element that stands by itself, as `encodeValue` writes it. Throws SoapError. */
export function decodeValue(text: string): unknown {
  const scanner: Scanner = new Scanner(text, true);
  scanner.root();
  const value = readAny(scanner);
  scanner.end();
  return value;
}
