import { isNumber, toFloat } from "../convert/to-number.ts";
import { toText } from "../convert/to-text.ts";
import { sameText } from "../operators/strings.ts";
import { TypeValue } from "../values/type-value.ts";
import type { Value } from "../values/value.ts";
import { CastProblem } from "./cast.ts";
import type { TypeDefinition } from "./definition.ts";

/** Values of an enumeration are their names as text. */
function enumeration(fullName: string, values: readonly string[]): TypeDefinition {
  return {
    fullName,
    values,
    is: (value) => typeof value === "string" && values.includes(value),
    convert(value) {
      if (isNumber(value)) return values[toFloat(value)] ?? toText(value);
      const text = toText(value);
      const parts = text.split(",").map((part) => values.find((each) => sameText(each, part.trim())));
      if (parts.every((part) => part !== undefined)) return parts.join(", ");
      throw new CastProblem(
        `Unable to match the identifier name ${text} to a valid enumerator name. Specify one of the following enumerator names and try again: ${values.join(", ")}`,
      );
    },
  };
}

function namesOf(value: Value | undefined): readonly string[] {
  return value instanceof TypeValue ? (value.definition.values ?? []) : [];
}

/** `[Enum]::GetNames([DayOfWeek])` */
const ENUM: TypeDefinition = {
  fullName: "System.Enum",
  is: () => false,
  methods: {
    GetNames: (args) => [...namesOf(args[0])],
    GetValues: (args) => [...namesOf(args[0])],
    IsDefined: (args) => namesOf(args[0]).some((name) => sameText(name, toText(args[1] ?? null))),
    Parse: (args) => (args[0] instanceof TypeValue ? (args[0].definition.convert?.(args[1] ?? null) ?? null) : null),
  },
};

export const ENUM_TYPES: readonly TypeDefinition[] = [
  ENUM,
  enumeration("System.DayOfWeek", ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]),
  enumeration("System.ConsoleColor", [
    "Black",
    "DarkBlue",
    "DarkGreen",
    "DarkCyan",
    "DarkRed",
    "DarkMagenta",
    "DarkYellow",
    "Gray",
    "DarkGray",
    "Blue",
    "Green",
    "Cyan",
    "Red",
    "Magenta",
    "Yellow",
    "White",
  ]),
  enumeration("System.StringSplitOptions", ["None", "RemoveEmptyEntries", "TrimEntries"]),
  enumeration("System.StringComparison", [
    "CurrentCulture",
    "CurrentCultureIgnoreCase",
    "InvariantCulture",
    "InvariantCultureIgnoreCase",
    "Ordinal",
    "OrdinalIgnoreCase",
  ]),
  enumeration("System.MidpointRounding", [
    "ToEven",
    "AwayFromZero",
    "ToZero",
    "ToNegativeInfinity",
    "ToPositiveInfinity",
  ]),
  enumeration("System.DateTimeKind", ["Unspecified", "Utc", "Local"]),
  enumeration("System.Text.RegularExpressions.RegexOptions", [
    "None",
    "IgnoreCase",
    "Multiline",
    "ExplicitCapture",
    "Compiled",
    "Singleline",
    "IgnorePatternWhitespace",
  ]),
  enumeration("System.Net.SecurityProtocolType", ["SystemDefault", "Ssl3", "Tls", "Tls11", "Tls12", "Tls13"]),
  enumeration("System.Management.Automation.ActionPreference", [
    "SilentlyContinue",
    "Stop",
    "Continue",
    "Inquire",
    "Ignore",
    "Suspend",
    "Break",
  ]),
  enumeration("System.Environment+SpecialFolder", [
    "Desktop",
    "MyDocuments",
    "Personal",
    "UserProfile",
    "ApplicationData",
    "LocalApplicationData",
  ]),
];
