import { PSObject } from "../../language/index.ts";

/** Lines, words and characters of text, for Measure-Object. */
export class TextCount {
  #lines = 0;
  #words = 0;
  #characters = 0;

  add(text: string, ignoreBlanks: boolean): void {
    if (text !== "") this.#lines += text.replace(/\n$/, "").split("\n").length;
    this.#words += text.split(/\s+/).filter((word) => word !== "").length;
    this.#characters += ignoreBlanks ? text.replace(/\s/g, "").length : text.length;
  }

  result(
    wanted: { readonly Line: boolean; readonly Word: boolean; readonly Character: boolean },
    property: string | null,
  ): PSObject {
    return PSObject.of(
      {
        Lines: wanted.Line ? this.#lines : null,
        Words: wanted.Word ? this.#words : null,
        Characters: wanted.Character ? this.#characters : null,
        Property: property,
      },
      "Microsoft.PowerShell.Commands.TextMeasureInfo",
    );
  }
}
