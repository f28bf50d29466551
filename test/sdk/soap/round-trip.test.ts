import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  apiVersion,
  decodeRequest,
  decodeResponse,
  decodeValue,
  encodeFault,
  encodeRequest,
  encodeResponse,
  encodeValue,
  SoapFault,
} from "../../../sdk/soap/index.ts";
import { dataType, isFault, type MethodInfo, managedType, typeNames } from "../../../sdk/vim/schema.ts";
import { any, dataOf, slotValue } from "./values.ts";

const newest = apiVersion(undefined);
/** Of each of thousands of types. */
const some = { numRuns: 1 };

const methods: readonly MethodInfo[] = typeNames("managed").flatMap((name) =>
  [...(managedType(name)?.methods.values() ?? [])].filter((method) => method.owner === name && !method.only),
);

const answerOf = (method: MethodInfo, result: unknown) => [...encodeResponse(method, result, newest)].join("");

function faultOf(method: MethodInfo, answer: string): unknown {
  try {
    return decodeResponse(method, answer);
  } catch (error) {
    return error;
  }
}

describe("what is written is read again:", () => {
  it("values of every data type", () => {
    for (const name of typeNames("data")) {
      const info = dataType(name);
      if (!info) throw new Error(name);
      fc.assert(
        fc.property(dataOf(info, 1), (value) => {
          const named = { ...value, _typeName: name };
          expect(decodeValue(encodeValue(named, newest))).toEqual(named);
        }),
        some,
      );
    }
  });

  it("values of any type", () => {
    fc.assert(
      fc.property(any(2), (value) => {
        expect(decodeValue(encodeValue(value, newest))).toEqual(value);
      }),
    );
  });

  it("the arguments of every method", () => {
    for (const method of methods) {
      const self = { type: method.owner, value: "vm-<1>" };
      const params = method.params.flatMap((param) => {
        const value = slotValue(param, 1);
        return value ? [[param.name, value] as const] : [];
      });
      fc.assert(
        fc.property(fc.record(Object.fromEntries(params), { requiredKeys: [] }), (given) => {
          const args = Object.fromEntries(
            Object.entries(given).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
          );
          const request = decodeRequest(encodeRequest(self, method, args, newest));
          expect(request).toMatchObject({ self, method: method.name });
          expect(request.args).toEqual(args);
        }),
        some,
      );
    }
  });

  it("what every method returns", () => {
    for (const method of methods) {
      const value = method.returns && slotValue(method.returns, 1);
      if (!value) continue;
      fc.assert(
        fc.property(value, (result) => {
          expect(decodeResponse(method, answerOf(method, result))).toEqual(result);
        }),
        some,
      );
    }
  });

  it("every fault", () => {
    const method = methods[0];
    if (!method) throw new Error("no methods");
    for (const name of typeNames("data").filter(isFault)) {
      const info = dataType(name);
      if (!info) throw new Error(name);
      fc.assert(
        fc.property(dataOf(info, 1), fc.string({ unit: "grapheme" }), (value, message) => {
          const fault = { ...value, _typeName: name };
          const thrown = faultOf(method, encodeFault(fault as never, message, newest));
          expect(thrown).toBeInstanceOf(SoapFault);
          expect(thrown).toMatchObject({ message, faultCode: "ServerFaultCode", fault });
        }),
        some,
      );
    }
  });
});
