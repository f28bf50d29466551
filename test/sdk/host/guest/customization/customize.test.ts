import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readGuestFiles } from "../../../../../sdk/host/guest/files/guest-files.ts";
import { cardAddress } from "../../../../../sdk/host/guest/identity/network.ts";
import { devicesOf, isCard } from "../../../../../sdk/host/machine/devices.ts";
import { refOf } from "../../../../../sdk/host/state/id.ts";
import type { vim } from "../../../../../sdk/vim/index.ts";
import { faultOf, Vcenter } from "../../machine/vcenter.ts";

const manager = { type: "VirtualMachineGuestCustomizationManager", value: "guestCustomizationManager" } as const;
const auth = {
  _typeName: "NamePasswordAuthentication",
  interactiveSession: false,
  username: "root",
  password: "fargo",
} as const;

let vcenter: Vcenter;
beforeEach(() => {
  vcenter = new Vcenter();
});
afterEach(() => vcenter.close());

const named = (name: string) => ({ _typeName: "CustomizationFixedName", name }) as const;
const fixed = (ipAddress: string, more: Partial<vim.CustomizationIPSettings> = {}) => ({
  adapter: { ip: { _typeName: "CustomizationFixedIp", ipAddress }, subnetMask: "255.255.255.0", ...more } as const,
});
const prep = (more: object = {}) => ({
  _typeName: "CustomizationLinuxPrep",
  hostName: named("desk-7"),
  domain: "corp.example",
  ...more,
});
const spec = (more: object = {}) => ({ identity: prep(), globalIPSettings: {}, nicSettingMap: [], ...more });
const customize = (name: string, wanted: object, as: object = auth) =>
  vcenter.call(manager, "CustomizeGuest_Task", { vm: refOf(vcenter.machine(name)), auth: as, spec: wanted });
const refused = (name: string, wanted: object, as: object = auth) => faultOf(() => customize(name, wanted, as));
const text = (name: string, path: string) =>
  readGuestFiles(vcenter.view, vcenter.machine(name), (files) => new TextDecoder().decode(files.readFile(path)));
const shown = (name: string) => {
  const { guest } = vcenter.machine(name);
  return [guest.hostName, guest.ipAddress];
};

describe("customizing a guest", () => {
  it("gives a fork a name and an address of its own, at once and for its next start", () => {
    vcenter.instantClone("web-01", "desk");
    const globalIPSettings = { dnsServerList: ["10.1.0.2"], dnsSuffixList: ["example.org"] };
    customize("desk", spec({ globalIPSettings, nicSettingMap: [fixed("10.1.2.3", { gateway: ["10.1.2.1"] })] }));
    expect(shown("desk")).toEqual(["desk-7.corp.example", "10.1.2.3"]);
    expect(shown("web-01")).toEqual(["web-01.lab.local", "192.168.10.11"]);
    expect(text("desk", "/etc/hostname")).toBe("desk-7.corp.example\n");
    expect(text("desk", "/etc/hosts")).toContain("10.1.2.3\tdesk-7.corp.example desk-7");
    expect(text("desk", "/etc/resolv.conf")).toBe("nameserver 10.1.0.2\nsearch example.org corp.example\n");
    const { net } = vcenter.machine("desk").guest;
    const [card] = net?.interfaces ?? [];
    expect(card).toMatchObject({ up: true, addresses: ["10.1.2.3/24"], dhcp: false });
    expect(net?.routes).toEqual([{ to: "default", via: "10.1.2.1", dev: card?.name }]);
    expect(text("desk", `/etc/systemd/network/05-${card?.name}.network`)).toContain(
      "Address=10.1.2.3/24\nGateway=10.1.2.1\n",
    );
    expect(text("desk", "/etc/machine-id")).not.toBe(text("web-01", "/etc/machine-id"));
    expect(text("desk", "/var/log/vmware-gosc/toolsDeployPkg.log")).toContain("succeeded");
    const found = vcenter.events().filter(({ type }) => type.startsWith("Customization"));
    expect(found.map(({ type, vmName }) => [type, vmName])).toEqual([
      ["CustomizationStartedEvent", "desk"],
      ["CustomizationSucceeded", "desk"],
    ]);
  });

  it("finds it by its new name and address, and no more by its old ones", () => {
    const search = { type: "SearchIndex", value: "SearchIndex" } as const;
    const find = (ip: string) => vcenter.call(search, "FindByIp", { ip, vmSearch: true });
    customize("web-01", spec({ nicSettingMap: [fixed("10.1.2.3")] }));
    expect(find("10.1.2.3")).toEqual(refOf(vcenter.machine("web-01")));
    expect(find("192.168.10.11")).toBeFalsy();
    expect(vcenter.call(search, "FindByDnsName", { dnsName: "desk-7.corp.example", vmSearch: true })).toBeTruthy();
  });

  it("takes an address from DHCP, and the machine's own name, where it is told to", () => {
    vcenter.instantClone("golden", "Desk 08");
    const identity = prep({
      hostName: { _typeName: "CustomizationVirtualMachineName" },
      domain: "",
      timeZone: "Europe/Berlin",
    });
    const dhcp = { adapter: { ip: { _typeName: "CustomizationDhcpIpGenerator" } } };
    customize("Desk 08", spec({ identity, nicSettingMap: [dhcp] }));
    expect(shown("Desk 08")).toEqual(["Desk-08", expect.stringMatching(/^10\.\d+\.\d+\.\d+$/)]);
    expect(text("Desk 08", "/etc/timezone")).toBe("Europe/Berlin\n");
    for (const method of ["StartGuestNetwork_Task", "AbortCustomization_Task"])
      vcenter.call(manager, method, { vm: refOf(vcenter.machine("Desk 08")), auth });
  });

  it("knows cards by their addresses", () => {
    const machine = vcenter.machine("web-01");
    const [card] = devicesOf(machine).filter(isCard);
    const macAddress = card && cardAddress(machine.id, card);
    customize("web-01", spec({ nicSettingMap: [{ macAddress, ...fixed("10.1.2.3") }] }));
    expect(shown("web-01")[1]).toBe("10.1.2.3");
    const wrong = { macAddress: "00:50:56:00:00:01", ...fixed("10.1.2.4") };
    expect(refused("web-01", spec({ nicSettingMap: [wrong] }))).toMatchObject({ _typeName: "NicSettingMismatch" });
  });

  it("is refused with what is wrong, and changes nothing", () => {
    const before = [shown("web-01"), vcenter.figures("web-01", 0)];
    const property = (wanted: object) => refused("web-01", wanted).invalidProperty;
    expect(property(spec({ identity: prep({ hostName: named("not a name") }) }))).toBe("spec.identity.hostName");
    expect(property(spec({ identity: prep({ domain: "a..b" }) }))).toBe("spec.identity.domain");
    expect(property(spec({ identity: prep({ timeZone: "../../etc/passwd" }) }))).toBe("spec.identity.timeZone");
    expect(property(spec({ nicSettingMap: [fixed("10.1.2.300")] }))).toBe("spec.nicSettingMap[0].adapter.ip.ipAddress");
    expect(property(spec({ nicSettingMap: [fixed("10.1.2.3", { subnetMask: "255.0.255.0" })] }))).toBe(
      "spec.nicSettingMap[0].adapter.subnetMask",
    );
    const cards = [fixed("10.1.2.3"), fixed("10.1.2.4")];
    expect(refused("web-01", spec({ nicSettingMap: cards }))).toMatchObject({
      _typeName: "NicSettingMismatch",
      numberOfNicsInSpec: 2,
      numberOfNicsInVM: 1,
    });
    expect(refused("web-01", spec({ identity: { _typeName: "CustomizationSysprepText", value: "" } }))._typeName).toBe(
      "UncustomizableGuest",
    );
    expect(refused("web-01", spec(), { ...auth, password: "no" })._typeName).toBe("InvalidGuestLogin");
    expect(refused("build-01", spec())._typeName).toBe("InvalidPowerState");
    expect(refused("golden", spec())._typeName).toBe("GuestOperationsUnavailable");
    expect(
      faultOf(() =>
        vcenter.call(manager, "CustomizeGuest_Task", {
          vm: { type: "VirtualMachine", value: "vm-9999" },
          auth,
          spec: spec(),
        }),
      )._typeName,
    ).toBe("ManagedObjectNotFound");
    expect([shown("web-01"), vcenter.figures("web-01", 0)]).toEqual(before);
  });
});
