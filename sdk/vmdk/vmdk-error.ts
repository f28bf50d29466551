/** What is wrong with a VMDK file. */
export type VmdkProblem =
  /** Neither a sparse file nor a descriptor. */
  | "NotVmdk"
  /** It contradicts itself or the format. */
  | "Corrupt"
  /** It ends too early. */
  | "Truncated"
  /** A kind of file, or a size, that is not read or written here. */
  | "Unsupported"
  /** A file that it names is not there. */
  | "FileNotFound"
  /** The parent has been changed since, or is another disk. */
  | "ParentMismatch";

/** A VMDK file that cannot be read or written. The message names the file and what is wrong in it. */
export class VmdkError extends Error {
  readonly problem: VmdkProblem;
  readonly file: string;

  constructor(problem: VmdkProblem, file: string, message: string, options?: ErrorOptions) {
    super(`'${file}': ${message}`, options);
    this.name = "VmdkError";
    this.problem = problem;
    this.file = file;
  }
}
