/**
 * Commands by which a script's walk asks the shell something. Scripts cannot write a name that begins like this by accident, and
 * as a path it is found whatever PATH says.
 */
const internal = (name: string) => `/usr/bin/\u0001${name}`;

export const ask = {
  /** Tells the status that it is given. */
  status: internal("status"),
  /** Tells the words that it is given, and the arguments of the shell. */
  words: internal("words"),
  /** Tells the values of variables, by name. */
  values: internal("values"),
  /** Tells that a branch of a `case` is taken. */
  branch: internal("branch"),
  /** Tells everything that there is to know of the shell. */
  state: internal("state"),
  /** Lets the rest of the process have its turn. */
  turn: internal("turn"),
  /** What `vmware-rpctool` and `vmtoolsd` are where a script can be frozen. */
  rpctool: internal("rpctool"),
  vmtoolsd: internal("vmtoolsd"),
  /** A variable that the shell would ask the real clock or real chance for. */
  special: internal("special"),
} as const;

/** The name under which a command of a path is registered. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** A file that is always there; asking for it lets the rest of the process have its turn now and then. */
export const turnFile = "/\u0001turn";
