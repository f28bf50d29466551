import { describe, expect, it } from "vitest";
import { registry } from "../../../../sdk/host/methods/index.ts";
import { managedType, typeNames } from "../../../../sdk/vim/schema.ts";
import { Caller, serviceInstance } from "../caller.ts";

const simulated = [...registry].flatMap(([type, methods]) =>
  [...methods].map(([name, handler]) => ({ type, name, handler })),
);
const infoOf = (type: string, name: string) => managedType(type)?.methods.get(name);

describe("what is simulated", () => {
  it("are methods of the schema, on types that have them", () => {
    expect(simulated.filter(({ type, name }) => !infoOf(type, name))).toEqual([]);
  });

  it("are tasks where they are named so, and those have a name to be described by", () => {
    for (const { type, name, handler } of simulated) {
      expect([name, typeof handler !== "function"]).toEqual([name, name.endsWith("_Task")]);
      if (typeof handler !== "function") expect(infoOf(type, name)?.serverName).toBeTypeOf("string");
    }
  });

  it("is not everything: what is not answers NotSupported, and says what that is", () => {
    const caller = Caller.start();
    expect(caller.fault(serviceInstance, "RetrieveProductComponents")).toMatchObject({
      _typeName: "NotSupported",
      message: "ServiceInstance.RetrieveProductComponents is not supported by the simulated vCenter.",
    });
    expect(caller.fault(serviceInstance, "PowerOnVM_Task")).toMatchObject({
      _typeName: "MethodNotFound",
      receiver: serviceInstance,
      method: "PowerOnVM_Task",
    });
    caller.close();
  });

  it("are found on every type that inherits them", () => {
    const entities = typeNames("managed").filter((type) => infoOf(type, "Rename_Task"));
    expect(entities.length).toBeGreaterThan(10);
    const caller = Caller.start();
    expect(caller.task(caller.ref("Datastore", "vmfs-01"), "Rename_Task", { newName: "x" })).toMatchObject({
      state: "success",
      descriptionId: "Datastore.rename",
    });
    caller.close();
  });
});
