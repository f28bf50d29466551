/** Numbers of errors that e2fsprogs gives back from here on are its own; those below are the C library's. */
const base = 2133571328;

/** As the C library that it was compiled with numbers them (WASI): not as Linux does. */
const system: Readonly<Record<number, string>> = {
  20: "EEXIST",
  22: "EFBIG",
  28: "EINVAL",
  29: "EUCLEAN",
  31: "EISDIR",
  32: "ELOOP",
  34: "EMLINK",
  37: "ENAMETOOLONG",
  44: "ENOENT",
  48: "ENOMEM",
  51: "ENOSPC",
  54: "ENOTDIR",
  55: "ENOTEMPTY",
  63: "EPERM",
  69: "EROFS",
};

/** Those of e2fsprogs that have an equal on Linux. Nearly all others say that something on the disk is not as it must be. */
const own: Readonly<Record<number, string>> = {
  21: "EROFS",
  38: "ENOSPC",
  44: "ENOSPC",
  64: "ELOOP",
  67: "EMEDIUMTYPE",
  68: "EMEDIUMTYPE",
  70: "ENOMEM",
  71: "EINVAL",
  72: "ENOSPC",
  73: "ENOSPC",
  74: "ENOTDIR",
  76: "ENOENT",
  77: "EROFS",
  79: "EEXIST",
  82: "EFBIG",
  122: "ENOSPC",
  130: "ENOSPC",
  137: "ENOMEM",
  155: "EEXIST",
};

/** The directory has no room for one more name until it gets another block. */
export const directoryFull = base + 38;

/** Linux's name for a number that the library has failed with; EUCLEAN ("structure needs cleaning") is what Linux says to damage. */
export function errorCode(number: number): string {
  if (number >= base) return own[number - base] ?? "EUCLEAN";
  return system[number] ?? "EUCLEAN";
}

const texts: Readonly<Record<string, string>> = {
  EBUSY: "it is in use",
  EEXIST: "there is a file already",
  EFBIG: "it is too large",
  EINVAL: "it makes no sense there",
  EISDIR: "it is a directory",
  ELOOP: "there are too many symbolic links on the way",
  EMEDIUMTYPE: "there is no ext4 filesystem on the disk that can be read",
  EMLINK: "it has as many links as it can",
  ENAMETOOLONG: "the name is too long",
  ENOENT: "there is no such file or directory",
  ENOMEM: "the filesystem is too large",
  ENOSPC: "no space is left in the filesystem",
  ENOTDIR: "it, or something above it, is no directory",
  ENOTEMPTY: "the directory is not empty",
  ENXIO: "the machine has no disk",
  EPERM: "that is not permitted",
  EROFS: "files are only read here",
  EUCLEAN: "the filesystem is damaged",
};

export const errorText = (code: string): string => texts[code] ?? code;
