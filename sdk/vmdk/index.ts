/**
 * VMDK: the files of virtual disks, written and read.
 *
 * @module
 */
export { type DiskContent, type Grain, grainsOf, type Piece, piecesOf, type Range } from "./content.ts";
export { contentIdOf } from "./content-id.ts";
export { formatDescriptor } from "./descriptor.ts";
export { BATCH, GRAIN, NO_PARENT, SECTOR } from "./format.ts";
export { openImage, openImageIn } from "./image.ts";
export type { Output } from "./output.ts";
export { type IncomingDisk, readStream } from "./read-stream.ts";
export { type Directory, type Source, sourceOf } from "./source.ts";
export { VmdkError } from "./vmdk-error.ts";
export { writeCowd } from "./write-cowd.ts";
export { writeFlat } from "./write-flat.ts";
export { writeSparse } from "./write-sparse.ts";
export { writeStream } from "./write-stream.ts";
