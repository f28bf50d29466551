import { fault, invalidArgument } from "../../faults.ts";

/** Linux's limits: bytes of a name, and of a path. */
const longest = { name: 255, path: 4095 } as const;

const size = (text: string): number => new TextEncoder().encode(text).length;

/** Throws InvalidArgument, naming the argument, or FileNameTooLong unless it is the complete path of something in a guest. */
export function requirePath(argument: string, path: string): void {
  if (!path.startsWith("/"))
    throw invalidArgument(
      argument,
      `It must be a complete path such as /etc/motd, not ${JSON.stringify(path.slice(0, 100))}.`,
    );
  if (path.includes("\0")) throw invalidArgument(argument, "There must be no NUL in a path.");
  if (/\p{Surrogate}/u.test(path))
    throw invalidArgument(argument, "It is no text: half of a surrogate pair is missing.");
  if (size(path) > longest.path || path.split("/").some((name) => size(name) > longest.name))
    throw fault(
      "FileNameTooLong",
      { file: path },
      `'${path.slice(0, 100)}...' is too long: ${longest.path} bytes at most, ${longest.name} of them in one name.`,
    );
}
