// A test of one's own automation. The vCenter is started once; each test works on its own fork of it, which costs microseconds,
// so no test sees what another has done. The same works in any test runner.
import assert from "node:assert/strict";
import { connect, type Host, type Session, startHost } from "fargo";

/** The automation under test: powers off every machine whose name matches. */
async function shutDown(vc: Session, pattern: string): Promise<number> {
  const vms = await vc.find.virtualMachines(pattern);
  for (const vm of vms) await vm.powerOff();
  return vms.length;
}

const host = await startHost({ seed: 1 });

async function test(title: string, body: (vc: Session, twin: Host) => Promise<void>): Promise<void> {
  const twin = host.fork();
  const vc = await connect(twin);
  try {
    await body(vc, twin);
    console.log(`ok: ${title}`);
  } finally {
    await vc.close();
    twin.close();
  }
}

await test("powers off what matches", async (vc) => {
  assert.equal(await shutDown(vc, "web-*"), 2);
  const vm = await vc.find.virtualMachine("web-01");
  assert.equal(await vm.powerState(), "poweredOff");
});

await test("leaves the rest alone", async (vc) => {
  const vm = await vc.find.virtualMachine("web-01");
  assert.equal(await vm.powerState(), "poweredOn");
});

await test("says which machine is off already", async (vc) => {
  await assert.rejects(shutDown(vc, "build-01"), { code: "InvalidPowerState" });
});

host.close();

//> ok: powers off what matches
//> ok: leaves the rest alone
//> ok: says which machine is off already
