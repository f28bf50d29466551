import { describe, expect, test } from "vitest";
import { listLines } from "../../../repl/render/list.ts";
import { columnWidths, fitted, headerLines, rowLines, type TableColumn } from "../../../repl/render/table.ts";

const left = (label: string, width?: number): TableColumn =>
  width === undefined ? { label, align: "left" } : { label, align: "left", width };
const right = (label: string, width: number): TableColumn => ({ label, align: "right", width });

describe("a table", () => {
  test("puts text to the left and numbers to the right, with a dash below each letter of a label", () => {
    const columns = [left("Name", 20), right("CapacityGB", 15)];
    const widths = columnWidths(columns, 80);
    expect(headerLines(columns, widths)).toEqual([
      "Name                      CapacityGB",
      "----                      ----------",
    ]);
    expect(rowLines(["vsanDatastore", "1,175.348"], columns, widths)).toEqual(["vsanDatastore              1,175.348"]);
  });
  test("breaks a label over two lines at its line break", () => {
    const columns = [left("Name", 6), left("HAFailover\nLevel", 10), left("DrsEnabled", 10)];
    expect(headerLines(columns, columnWidths(columns, 80))).toEqual([
      "Name   HAFailover DrsEnabled",
      "       Level",
      "----   ---------- ----------",
    ]);
  });
  test("cuts what is too long with an ellipsis", () => {
    const columns = [left("Name", 8), left("B", 3)];
    expect(rowLines(["desktop-0001", "xyz"], columns, [8, 3])).toEqual(["desktop… xyz"]);
  });
  test("lets columns without a width share what the others leave", () => {
    expect(columnWidths([left("A", 10), left("B"), left("C")], 41)).toEqual([10, 15, 14]);
  });
  test("leaves out columns from the right when the terminal is too narrow", () => {
    expect(columnWidths([left("A", 10), left("B", 10), left("C", 10)], 26)).toEqual([10, 10, 4]);
    expect(columnWidths([left("A", 10), left("B", 10), left("C", 10)], 24)).toEqual([10, 10, 0]);
    expect(columnWidths([left("A", 50), left("B", 1)], 20)).toEqual([20, 0]);
  });
  test("fits columns to their content by display width", () => {
    const [name] = fitted([left("Name")], [["日本語"], ["a"]]);
    expect(name?.width).toBe(6);
  });
  test("can let long cells go on below", () => {
    expect(rowLines(["one two three", "x"], [left("A", 7), left("B", 2)], [7, 2], true)).toEqual([
      "one two x",
      "three",
    ]);
  });
});

describe("a list", () => {
  test("aligns the values and indents what goes on below", () => {
    expect(
      listLines(
        [
          { label: "Name", lines: ["web-01"] },
          { label: "Description", lines: ["first", "second line that is long"] },
        ],
        34,
      ),
    ).toEqual([
      "Name        : web-01",
      "Description : first",
      "              second line that is",
      "              long",
    ]);
  });
});
