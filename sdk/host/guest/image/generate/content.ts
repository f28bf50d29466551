/** Content that has no meaning but the size, the look and the redundancy of the real thing; the same whenever it is made. */

/** Numbers from 0 up to, not including, 1, by a seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}

const seedOf = (name: string) => [...name].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7) | 0;

function picker<T>(from: readonly T[], next: () => number): () => T {
  return () => {
    const item = from[Math.floor(next() * from.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  };
}

/** An ELF file of a size: a true header, then sequences of instructions that come again and again, as in real programs. */
export function program(name: string, size: number): Buffer {
  const next = chance(seedOf(name));
  const common = chance(99);
  const idioms = Array.from({ length: 48 }, () =>
    Buffer.from(Array.from({ length: 32 + Math.floor(common() * 96) }, () => Math.floor(common() * 256))),
  );
  const idiom = picker(idioms, next);
  const parts: Buffer[] = [elfHeader(), Buffer.from(`\0${name}\0GCC: (GNU) 12.2.0\0`)];
  for (let at = 0; at < size; ) {
    const part = idiom();
    parts.push(part);
    at += part.length;
  }
  return Buffer.concat(parts).subarray(0, size);
}

function elfHeader(): Buffer {
  const header = Buffer.alloc(64);
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]);
  header.writeUInt16LE(3, 16);
  header.writeUInt16LE(62, 18);
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(0x1050n, 24);
  header.writeBigUInt64LE(64n, 32);
  header.writeUInt16LE(64, 52);
  return header;
}

const words =
  "a about after all also any are as at be been between block but by call can case change check clean close copy data default device disk done each end error every file first for found from has have host if in into is it kernel last library like line list load machine made make many may memory more must name network new no not number of off on once one only open option or other out page path port program read ready same set shell show size so some start state stop such system table than that the then there these this time to two under unit up use user value was way when where which while will with without work write".split(
    " ",
  );

/** Paragraphs of words. */
export function prose(name: string, size: number): string {
  const next = chance(seedOf(name));
  const word = picker(words, next);
  let text = "";
  while (text.length < size) {
    const sentence = Array.from({ length: 6 + Math.floor(next() * 12) }, word).join(" ");
    text += `${sentence[0]?.toUpperCase()}${sentence.slice(1)}.${next() < 0.15 ? "\n\n" : next() < 0.2 ? "\n" : " "}`;
  }
  return `${text.slice(0, size - 1).trimEnd()}\n`;
}

const messages = [
  "systemd[1]: Started Session of User root.",
  "systemd[1]: Starting Cleanup of Temporary Directories...",
  "systemd[1]: Finished Cleanup of Temporary Directories.",
  "systemd-networkd[412]: first: Gained carrier",
  "systemd-networkd[412]: first: DHCPv4 address acquired",
  "sshd[447]: Server listening on 0.0.0.0 port 22.",
  "vmtoolsd[431]: [ message] [vmtoolsd] Plugin 'guestInfo' initialized.",
  "vmtoolsd[431]: [ warning] [guestinfo] No DNS servers were found.",
  "kernel: vmxnet3 0000:0b:00.0: NIC Link is Up 10000 Mbps",
  "kernel: EXT4-fs (sda): mounted filesystem without journal. Opts: (null)",
  "cron[398]: (root) CMD (run-parts /etc/cron.hourly)",
] as const;

/** Lines of a log from a moment on. */
export function log(name: string, start: number, lines: number): string {
  const next = chance(seedOf(name));
  const message = picker(messages, next);
  let at = start;
  let text = "";
  for (let i = 0; i < lines; i++) {
    at += Math.floor(next() ** 3 * 600_000);
    text += `${new Date(at).toISOString().slice(0, 19)}+00:00 localhost ${message()}\n`;
  }
  return text;
}
