/**
 * Why nothing could be done with a guest's file. The code is the one of Linux: ENOENT, EEXIST, ENOTDIR, EISDIR, ENOTEMPTY, ENOSPC,
 * EINVAL, ELOOP, ENAMETOOLONG, EFBIG, EROFS, EPERM, EMLINK; also EMEDIUMTYPE: there is no ext4 on the machine's first disk, ENXIO:
 * it has no disk, EUCLEAN: its filesystem is damaged.
 */
export class GuestFileError extends Error {
  readonly code: string;
  readonly path: string;
  constructor(code: string, path: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "GuestFileError";
    this.code = code;
    this.path = path;
  }
}
