// Two forks of one machine diverge: what one writes, its source and its sibling do not see, and the figures say what it cost.
import { connect } from "fargo";

const vc = await connect();
const golden = await vc.find.virtualMachine("golden");
const left = await golden.instantClone({ name: "left" });
const right = await golden.instantClone({ name: "right" });

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
await left.memory.write(0x1000, new TextEncoder().encode("left was here"));
console.log("left: ", text(await left.memory.read(0x1000, 13)));
console.log(
  "right sees what golden has:",
  String(await right.memory.read(0x1000, 13)) === String(await golden.memory.read(0x1000, 13)),
);

for (const vm of [golden, left, right]) {
  const { size, private: own } = await vm.memory.figures();
  console.log(`${await vm.name()}: ${own} of ${size} bytes are its own`);
}
await vc.close();

//> left:  left was here
//> right sees what golden has: true
//> golden: 0 of 8589934592 bytes are its own
//> left: 4096 of 8589934592 bytes are its own
//> right: 0 of 8589934592 bytes are its own
