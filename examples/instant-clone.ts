// Forks one machine with Instant Clone, gives the fork a host name of its own, and throws it away.
import { parseArgs } from "node:util";
import { connect } from "fargo";

const { server } = parseArgs({ options: { server: { type: "string" } } }).values;
const vc = await connect(server);
const golden = await vc.find.virtualMachine("golden");

const desk = await golden.instantClone({
  name: "desk-1",
  guestInfo: { "guestinfo.ic.hostname": "desk-1" },
});
console.log(await desk.name(), await desk.powerState());
const hostname = await desk.get('config.extraConfig["guestinfo.ic.hostname"]');
console.log(hostname?.value);

await desk.powerOff();
await desk.destroy();
console.log((await vc.find.virtualMachines("desk-*")).length);
await vc.close();

//> desk-1 poweredOn
//> desk-1
//> 0
