import { afterAll, beforeAll, expect, it } from "vitest";
import { withPeer } from "../peers.ts";
import { fieldsOf, type Lab, linesOf, startLab } from "./lab.ts";

const cluster = "/DC0/host/DC0_C0";
const path = `${cluster}/DC0_C0_H0`;

withPeer("govc", "govc and hosts", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
  });
  afterAll(() => lab[Symbol.asyncDispose]());
  const lines = async (...args: string[]) => linesOf(await lab.govc(...args));
  const rows = async (...args: string[]) => (await lines(...args)).map((line) => line.trim().split(/ {2,}/));
  const host = (name: string) => lab.vc.find.host(name);

  it("host.info: as its summary says", async () => {
    const info = fieldsOf(await lab.govc("host.info", "-host", path));
    const summary = await (await host("DC0_C0_H0")).get("summary");
    expect(info).toMatchObject({
      Name: "DC0_C0_H0",
      Path: path,
      Manufacturer: summary.hardware?.vendor,
      "Logical CPUs": `${summary.hardware?.numCpuCores} CPUs @ ${summary.hardware?.cpuMhz}MHz`,
      Memory: `${Number(summary.hardware?.memorySize) / 2 ** 20}MB`,
      State: "connected",
    });
  });

  it("host.maintenance.enter and .exit: machines move away, and nothing is placed there meanwhile", async () => {
    await lab.govc("host.maintenance.enter", path);
    const entered = await host("DC0_C0_H0");
    expect(await entered.get("runtime.inMaintenanceMode")).toBe(true);
    const machines = await lab.vc.find.virtualMachines("DC0_C0_*");
    for (const row of await lab.vc.retrieve(machines, ["runtime.host", "runtime.powerState"]))
      expect(row).toMatchObject({
        "runtime.powerState": "poweredOn",
        "runtime.host": expect.not.objectContaining(entered.ref),
      });
    await lab.govc("host.maintenance.exit", path);
    expect(await entered.get("runtime.inMaintenanceMode")).toBe(false);
    const alone = await lab.run(["host.maintenance.enter", "/DC0/host/DC0_H0/DC0_H0"]);
    expect(alone.stdout + alone.stderr).toContain("DC0_H0_VM0");
    expect(alone.code).not.toBe(0);
  });

  it("host.disconnect and host.reconnect", async () => {
    await lab.govc("host.disconnect", path);
    expect(fieldsOf(await lab.govc("host.info", "-host", path)).State).toBe("disconnected");
    await lab.govc("host.reconnect", path);
    expect(await (await host("DC0_C0_H0")).get("runtime.connectionState")).toBe("connected");
  });

  it("host.service and host.service.ls: start, stop, enable, disable, status", async () => {
    const service = (action: string) => lab.govc("host.service", "-host", path, action, "TSM-SSH");
    expect(await service("status")).toBe("Stopped\n");
    await service("start");
    await service("enable");
    expect(await rows("host.service.ls", "-host", path)).toContainEqual(["TSM-SSH", "on", "Running", "SSH"]);
    await service("restart");
    await service("disable");
    await service("stop");
    expect(await rows("host.service.ls", "-host", path)).toContainEqual(["TSM-SSH", "off", "Stopped", "SSH"]);
    expect(await lab.refused("host.service", "-host", path, "stop", "TSM-SSH")).toContain("not running");
  });

  it("host.date.info and host.date.change: the host's time and where it comes from", async () => {
    await lab.govc("host.date.change", "-host", path, "-server", "ntp.lab");
    const info = fieldsOf(await lab.govc("host.date.info", "-host", path));
    expect(info["NTP servers"]).toBe("ntp.lab");
    expect(Date.parse(info["Current date and time"] ?? "")).toBeLessThanOrEqual(lab.host.clock.now().getTime());
  });

  it("host.option.ls and host.option.set", async () => {
    await lab.govc("host.option.set", "-host", path, "Config.Etc.motd", "hello");
    expect(fieldsOf(await lab.govc("host.option.ls", "-host", path, "Config.Etc.motd"))).toEqual({
      "Config.Etc.motd": "hello",
    });
    expect(await lab.refused("host.option.ls", "-host", path, "No.Such")).toContain("No.Such");
  });

  it("host.autostart.*: the order in which machines start", async () => {
    const on = "/DC0/host/DC0_H0/DC0_H0";
    await lab.govc("host.autostart.configure", "-host", on, "-enabled=true", "-start-delay=5");
    await lab.govc("host.autostart.add", "-host", on, "DC0_H0_VM0");
    const info = (await rows("host.autostart.info", "-host", on)).slice(1);
    expect(info).toMatchObject([expect.arrayContaining(["/DC0/vm/DC0_H0_VM0", "powerOn"])]);
    await lab.govc("host.autostart.remove", "-host", on, "DC0_H0_VM0");
    expect((await rows("host.autostart.info", "-host", on)).slice(1)).toMatchObject([
      expect.arrayContaining(["/DC0/vm/DC0_H0_VM0", "none"]),
    ]);
  });

  it("host.add, cluster.create, cluster.add, cluster.mv, host.remove: hosts come, move and go", async () => {
    const account = ["-username", "root", "-password", "secret", "-noverify"];
    await lab.govc("host.add", "-hostname", "esx-a", ...account);
    await lab.govc("cluster.create", "C9");
    await lab.govc("cluster.add", "-cluster", "C9", "-hostname", "esx-b", ...account);
    await lab.govc("cluster.mv", "-cluster", "C9", "esx-a");
    expect((await lines("ls", "/DC0/host/C9")).sort()).toEqual([
      "/DC0/host/C9/Resources",
      "/DC0/host/C9/VM Network",
      "/DC0/host/C9/esx-a",
      "/DC0/host/C9/esx-b",
    ]);
    expect(await lab.refused("host.remove", "/DC0/host/C9/esx-b")).toContain("maintenance mode");
    await lab.govc("host.maintenance.enter", "/DC0/host/C9/esx-b");
    await lab.govc("host.remove", "/DC0/host/C9/esx-b");
    const names = await lab.vc.retrieve(await lab.vc.find.hosts("*"), ["name"]);
    expect(names.map((row) => row.name)).toContain("esx-a");
    expect(names.map((row) => row.name)).not.toContain("esx-b");
  });
});
