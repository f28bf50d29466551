import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asFault } from "../../../../sdk/host/faults.ts";
import { directoryOf, fileNameOf, formatPath, parsePath } from "../../../../sdk/host/storage/path.ts";

describe("a path on a datastore", () => {
  it("names the datastore and the file", () => {
    expect(parsePath("[vmfs-01] golden/golden.vmdk")).toEqual({ datastore: "vmfs-01", path: "golden/golden.vmdk" });
    expect(parsePath(" [a b (1)]x//y/ ")).toEqual({ datastore: "a b (1)", path: "x/y" });
    expect(parsePath("[vmfs-01]")).toEqual({ datastore: "vmfs-01", path: "" });
    expect(formatPath("vmfs-01", "golden/golden.vmdk")).toBe("[vmfs-01] golden/golden.vmdk");
    expect(directoryOf("golden/golden.vmdk")).toBe("golden");
  });

  it("neither climbs nor does without a datastore", () => {
    for (const text of ["", "golden.vmdk", "[] x", "[a] ../b", "[a] b/./c", "[a [b]] c", "/vmfs/volumes/a"]) {
      try {
        parsePath(text);
        expect.unreachable(text);
      } catch (error) {
        expect(asFault(error).fault).toEqual({ _typeName: "InvalidDatastorePath", datastorePath: text });
      }
    }
  });
});

it("any name at all makes a file name that is one element of a path", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 80 }), (name) => {
      const file = fileNameOf(name);
      expect(file).not.toBe("");
      expect(parsePath(formatPath("store", `${file}/x`))).toEqual({ datastore: "store", path: `${file}/x` });
    }),
    { examples: [[" x"], ["x "], ["\u00a0"], [".."], ["a\nb"], ["[x]"]] },
  );
});
