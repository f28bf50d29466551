/** How a file is opened, in the numbers of Linux, which the library's own calls take. */
export const open = {
  write: 0o1,
  create: 0o100,
  exclusive: 0o200,
  truncate: 0o1000,
  append: 0o2000,
  noFollow: 0o400000,
  noAccessTime: 0o1000000,
} as const;
