import { expect, test } from "vitest";
import { arrayItem, arrayOf } from "../../../sdk/vim/array-of.ts";

test("lists are named after their items, primitives with a capital", () => {
  expect(arrayOf("OptionValue")).toBe("ArrayOfOptionValue");
  expect(arrayOf("vslmInfrastructureObjectPolicy")).toBe("ArrayOfvslmInfrastructureObjectPolicy");
  expect(arrayOf("ManagedObjectReference")).toBe("ArrayOfManagedObjectReference");
  expect(arrayOf("anyType")).toBe("ArrayOfAnyType");
  expect(arrayOf("base64Binary")).toBe("ArrayOfBase64Binary");
});

test("lists of enums are lists of strings, but for three", () => {
  expect(arrayOf("VirtualMachinePowerState")).toBe("ArrayOfString");
  expect(arrayOf("ManagedEntityStatus")).toBe("ArrayOfManagedEntityStatus");
});

test("the item of a list is found by its name", () => {
  expect(arrayItem("ArrayOfString")).toEqual({ type: "string", element: "string" });
  expect(arrayItem("ArrayOfUri")).toEqual({ type: "anyURI", element: "uri" });
  expect(arrayItem("ArrayOfAnyURI")).toEqual({ type: "anyURI", element: "anyURI" });
  expect(arrayItem("ArrayOfVirtualDevice")).toEqual({ type: "VirtualDevice", element: "VirtualDevice" });
  expect(arrayItem("ArrayOfManagedObjectReference")?.type).toBe("ManagedObjectReference");
});

test("what is no list has no item", () => {
  expect(arrayItem("ArrayUpdateSpec")).toBeUndefined();
  expect(arrayItem("ArrayOfNonsense")).toBeUndefined();
});
