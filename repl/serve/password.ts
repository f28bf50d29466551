import { randomInt } from "node:crypto";

// without those that are taken for each other when they are read aloud or copied by hand
const letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** A password made for one run: 20 letters and digits, about 116 bits. */
export const newPassword = (): string =>
  Array.from({ length: 20 }, () => letters[randomInt(letters.length)] ?? "").join("");
