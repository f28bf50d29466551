import type { ParameterSpec } from "../../language/index.ts";

/** A switch of Where-Object that names a comparison. */
function comparison(help: string, aliases: readonly string[] = []): ParameterSpec & { readonly type: "switch" } {
  return { type: "switch", sets: ["Property"], aliases, help };
}

/** The comparisons of Where-Object; those that begin with C tell capital and small letters apart. */
export const comparisonParameters = {
  EQ: comparison("The property equals the value.", ["IEQ"]),
  NE: comparison("The property does not equal the value.", ["INE"]),
  GT: comparison("The property is greater than the value.", ["IGT"]),
  GE: comparison("The property is greater than the value or equal to it.", ["IGE"]),
  LT: comparison("The property is less than the value.", ["ILT"]),
  LE: comparison("The property is less than the value or equal to it.", ["ILE"]),
  Like: comparison("The property matches the wildcard.", ["ILike"]),
  NotLike: comparison("The property does not match the wildcard.", ["INotLike"]),
  Match: comparison("The property matches the regular expression.", ["IMatch"]),
  NotMatch: comparison("The property does not match the regular expression.", ["INotMatch"]),
  Contains: comparison("The property is a collection with the value in it.", ["IContains"]),
  NotContains: comparison("The property is a collection without the value.", ["INotContains"]),
  In: comparison("The property is one of the values.", ["IIn"]),
  NotIn: comparison("The property is none of the values.", ["INotIn"]),
  Is: comparison("The property is of the type."),
  IsNot: comparison("The property is not of the type."),
  Not: comparison("The property is false, empty or missing."),
  CEQ: comparison("As -EQ, with capital and small letters apart."),
  CNE: comparison("As -NE, with capital and small letters apart."),
  CGT: comparison("As -GT, with capital and small letters apart."),
  CGE: comparison("As -GE, with capital and small letters apart."),
  CLT: comparison("As -LT, with capital and small letters apart."),
  CLE: comparison("As -LE, with capital and small letters apart."),
  CLike: comparison("As -Like, with capital and small letters apart."),
  CNotLike: comparison("As -NotLike, with capital and small letters apart."),
  CMatch: comparison("As -Match, with capital and small letters apart."),
  CNotMatch: comparison("As -NotMatch, with capital and small letters apart."),
  CContains: comparison("As -Contains, with capital and small letters apart."),
  CNotContains: comparison("As -NotContains, with capital and small letters apart."),
  CIn: comparison("As -In, with capital and small letters apart."),
  CNotIn: comparison("As -NotIn, with capital and small letters apart."),
} as const;

export type ComparisonName = keyof typeof comparisonParameters;
