import { afterEach, describe, expect, it } from "vitest";
import { connect, type Host, startHost, VsphereError } from "../../sdk/index.ts";

const hosts: Host[] = [];
const started = async (options = {}): Promise<Host> => {
  const host = await startHost({ seed: 1, ...options });
  hosts.push(host);
  return host;
};
afterEach(() => {
  for (const host of hosts.splice(0)) host.close();
});

describe("connect", () => {
  it("starts a simulated vCenter of its own, which ends with the session", async () => {
    const vc = await connect();
    expect(vc.about.apiType).toBe("VirtualCenter");
    await vc.close();
    await expect(vc.find.virtualMachines()).rejects.toMatchObject({ code: "Closed" });
  });

  it("takes the host's owner as administrator, unless somebody logs in", async () => {
    const host = await started({ users: [{ name: "anna@vsphere.local", password: "secret" }] });
    const owner = await connect(host);
    const anna = await connect(host, { user: "anna@vsphere.local", password: "secret" });
    expect(host.sessions.list.map((session) => session.userName)).toEqual([
      "VSPHERE.LOCAL\\anna",
      "VSPHERE.LOCAL\\anna",
    ]);
    await owner.close();
    expect(host.sessions.list).toHaveLength(1);
    await anna.close();
  });

  it("refuses a wrong password and an unknown user alike, and leaves no session behind", async () => {
    const host = await started({ users: [{ name: "anna", password: "secret" }] });
    for (const options of [
      { user: "anna", password: "wrong" },
      { user: "ben", password: "secret" },
    ]) {
      await expect(connect(host, options)).rejects.toMatchObject({ code: "InvalidLogin", name: "VsphereError" });
    }
    expect(host.sessions.list).toHaveLength(0);
  });

  it("leaves a host that was given to it running", async () => {
    const host = await started();
    await (await connect(host)).close();
    expect(host.closed).toBe(false);
  });

  it("gives faults as typed errors whose message names the thing", async () => {
    const vc = await connect(await started());
    const vm = await vc.find.virtualMachine("web-01");
    const error = await vm.powerOn().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(VsphereError);
    expect(error).toMatchObject({ code: "InvalidPowerState", fault: { existingState: "poweredOn" } });
    expect(String(error)).toContain("web-01");
  });

  it("refuses a call whose signal is aborted before anything happens", async () => {
    const host = await started();
    const vc = await connect(host);
    const { state } = host.universe;
    const vm = await vc.find.virtualMachine("web-01");
    await expect(vm.powerOff({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "Aborted" });
    expect(host.universe.state).toBe(state);
  });
});
