import type { ParameterSpecs } from "../../language/index.ts";
import type { CsvStyle, Quoting } from "./write.ts";

/** Parameters that Export-Csv and ConvertTo-Csv share. */
export const styleParameters = {
  Delimiter: { type: "char", position: 1, help: "What stands between the fields; a comma unless told otherwise." },
  UseCulture: {
    type: "switch",
    help: "Takes the list separator of the culture as delimiter, which here is the comma.",
  },
  IncludeTypeInformation: { type: "switch", aliases: ["ITI"], help: "Writes a #TYPE line first." },
  NoTypeInformation: {
    type: "switch",
    aliases: ["NTI"],
    help: "Accepted for compatibility: no #TYPE line is written unless -IncludeTypeInformation asks for it.",
  },
  UseQuotes: {
    type: "string",
    aliases: ["UQ"],
    values: ["Always", "AsNeeded", "Never"],
    default: "Always",
    help: "Which fields are quoted.",
  },
  QuoteFields: { type: "string[]", aliases: ["QF"], help: "Names of the only fields to quote." },
  NoHeader: { type: "switch", help: "Leaves out the line of column names." },
} as const satisfies ParameterSpecs;

interface StyleArguments {
  readonly Delimiter: string | undefined;
  readonly UseQuotes: string;
  readonly QuoteFields: readonly string[] | undefined;
}

export function csvStyle({ Delimiter = ",", UseQuotes, QuoteFields }: StyleArguments): CsvStyle {
  const quoting: Quoting = UseQuotes === "AsNeeded" || UseQuotes === "Never" ? UseQuotes : "Always";
  if (QuoteFields === undefined) return { delimiter: Delimiter, quoting };
  return { delimiter: Delimiter, quoting, quoteFields: new Set(QuoteFields.map((name) => name.toLowerCase())) };
}
