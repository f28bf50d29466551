// Guests take their own identity: photon-golden stopped in the middle of a script, and each fork goes on at its next line.
import { connect } from "fargo";

const vc = await connect();
const source = await vc.find.virtualMachine("photon-golden");
const text = new TextEncoder();

for (const n of [1, 2]) {
  const desk = await source.instantClone({
    name: `desk-${n}`,
    guestInfo: { "guestinfo.ic.hostname": `desk-${n}`, "guestinfo.ic.ipaddress": `10.0.0.${n}` },
  });
  await desk.guest.writeFile("/root/note", text.encode(`written in desk ${n}`));
  const { stdout, exitCode } = await desk.guest.run("/bin/bash", ["-c", "hostname; cat /root/note"]);
  console.log(await desk.get("guest.hostName"), await desk.get("guest.ipAddress"), exitCode);
  console.log(stdout.trim());
  const { private: own, size } = await desk.disk.figures();
  console.log(`of a disk of ${size / 2 ** 30} GiB it keeps less than 1 MiB of its own:`, own < 2 ** 20);
}
await vc.close();

//> desk-1 10.0.0.1 0
//> desk-1
//> written in desk 1
//> of a disk of 16 GiB it keeps less than 1 MiB of its own: true
//> desk-2 10.0.0.2 0
//> desk-2
//> written in desk 2
//> of a disk of 16 GiB it keeps less than 1 MiB of its own: true
