// Connects and lists the machines: to the built-in simulated vCenter, or with --server to another.
import { parseArgs } from "node:util";
import { connect } from "fargo";

const { server } = parseArgs({ options: { server: { type: "string" } } }).values;
const vc = await connect(server);
console.log(vc.about.fullName);

const vms = await vc.find.virtualMachines();
const rows = await vc.retrieve(vms, ["name", "runtime.powerState", "config.hardware.memoryMB"]);
for (const row of rows.sort((a, b) => a.name.localeCompare(b.name))) {
  console.log(`${row.name}: ${row["runtime.powerState"]}, ${row["config.hardware.memoryMB"]} MB`);
}
await vc.close();

//> VMware vCenter Server 8.0.3, simulated by Fargo
//> build-01: poweredOff, 8192 MB
//> db-01: poweredOn, 16384 MB
//> golden: poweredOn, 8192 MB
//> photon-golden: poweredOn, 4096 MB
//> ubuntu-template: poweredOff, 4096 MB
//> web-01: poweredOn, 4096 MB
//> web-02: poweredOn, 4096 MB
