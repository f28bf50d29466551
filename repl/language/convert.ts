/** Conversions of the language: one door. */
export { doubleText } from "./convert/number-text.ts";
export { parseNumber } from "./convert/parse-number.ts";
export { toBoolean } from "./convert/to-boolean.ts";
export { isNumber, type NumberValue, toFloat, toNumber, tryNumber } from "./convert/to-number.ts";
export { toText } from "./convert/to-text.ts";
export { typeNameOf } from "./convert/type-name.ts";
