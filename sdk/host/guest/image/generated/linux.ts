// Made by generate/main.ts: do not edit.
export const linux = {
 "bytes": 4294967296,
 "checksumSeed": 2576289725,
 "ranges": [
  [
   0,
   3
  ],
  [
   18,
   1
  ],
  [
   34,
   12
  ],
  [
   2082,
   1621
  ],
  [
   32768,
   2
  ],
  [
   98304,
   2
  ],
  [
   163840,
   2
  ],
  [
   229376,
   2
  ],
  [
   294912,
   2
  ],
  [
   524288,
   1
  ],
  [
   819200,
   2
  ],
  [
   884736,
   2
  ]
 ],
 "slots": [
  {
   "name": "/etc/hostname",
   "inode": 13,
   "at": 142336,
   "page": 2088
  },
  {
   "name": "/etc/hosts",
   "inode": 14,
   "at": 142592,
   "page": 2089
  },
  {
   "name": "/etc/machine-id",
   "inode": 15,
   "at": 142848,
   "page": 2090
  },
  {
   "name": "/etc/systemd/network/10-first.network",
   "inode": 16,
   "at": 143104,
   "page": 2091
  }
 ]
} as const;
