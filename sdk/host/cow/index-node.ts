import { Bucket } from "./index-bucket.ts";
import { at, inserted, rank, removed, replaced } from "./slots.ts";
