/** Bytes in a unit as OVF files name it: `byte * 2^30`, `MegaBytes`; undefined for what is not one. */
export function bytesIn(units: string): number | undefined {
  const text = units.trim().toLowerCase();
  if (text === "" || text === "byte" || text === "bytes") return 1;
  const power = /^bytes?\s*\*\s*(2|10)\s*\^\s*(\d{1,2})$/.exec(text);
  if (power) return Number(power[1]) ** Number(power[2]);
  const factor = /^bytes?\s*\*\s*(\d{1,12})$/.exec(text);
  if (factor) return Number(factor[1]);
  return words.get(text);
}

const words = new Map([
  ["kilobytes", 2 ** 10],
  ["megabytes", 2 ** 20],
  ["gigabytes", 2 ** 30],
  ["terabytes", 2 ** 40],
]);
