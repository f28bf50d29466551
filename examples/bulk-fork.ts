// Forks a thousand desktops in one call. One name is taken already: that fork fails, is reported, and the others are made.
import { parseArgs } from "node:util";
import { connect } from "fargo";

const { server } = parseArgs({ options: { server: { type: "string" } } }).values;
const vc = await connect(server);
const golden = await vc.find.virtualMachine("golden");
await golden.instantClone({ name: "desk-0500" });

const name = (i: number) => `desk-${String(i).padStart(4, "0")}`;
const report = await vc.fork(golden, {
  count: 1000,
  name,
  guestInfo: (i) => ({ "guestinfo.ic.hostname": name(i) }),
});

console.log(`${report.created.length} made, ${report.failed.length} failed`);
for (const failure of report.failed) console.log(failure.name, failure.error.code);
console.log((await vc.find.virtualMachines("desk-*")).length);
await vc.close();

//> 999 made, 1 failed
//> desk-0500 DuplicateName
//> 1000
