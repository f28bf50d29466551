import { dirname } from "node:path";
import { type ErrorOptions, scriptError } from "../../language/index.ts";

interface Explanation {
  readonly text: string;
  readonly type: string;
  readonly category: NonNullable<ErrorOptions["category"]>;
}

/** What an error of the file system means for `path`: an error that names the path and says what is wrong with it. */
export function fileError(error: unknown, path: string, purpose: "read" | "write"): Error {
  const { text, type, category } = explain(codeOf(error), error, path, purpose);
  const id = type.slice(type.lastIndexOf(".") + 1);
  return scriptError(text, { type, category, id, target: path });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function explain(code: string, error: unknown, path: string, purpose: "read" | "write"): Explanation {
  switch (code) {
    case "ENOENT":
      return purpose === "read"
        ? {
            text: `Could not find file '${path}'.`,
            type: "System.IO.FileNotFoundException",
            category: "ObjectNotFound",
          }
        : missingFolder(path);
    case "ENOTDIR":
      return missingFolder(path);
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return denied(`Access to the path '${path}' is denied.`);
    case "EISDIR":
      return denied(`'${path}' is a directory, not a file.`);
    case "EEXIST":
      return {
        text: `The file '${path}' already exists.`,
        type: "System.IO.IOException",
        category: "ResourceExists",
      };
    default: {
      const reason = error instanceof Error ? error.message : String(error);
      const category = purpose === "read" ? "ReadError" : "WriteError";
      return { text: `Cannot ${purpose} '${path}': ${reason}`, type: "System.IO.IOException", category };
    }
  }
}

function missingFolder(path: string): Explanation {
  return {
    text: `Could not find a part of the path '${path}': there is no directory '${dirname(path)}'.`,
    type: "System.IO.DirectoryNotFoundException",
    category: "ObjectNotFound",
  };
}

function denied(text: string): Explanation {
  return { text, type: "System.UnauthorizedAccessException", category: "PermissionDenied" };
}
