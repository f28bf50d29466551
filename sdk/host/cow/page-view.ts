import type { FramePool } from "./frame-pool.ts";
import type { PageTable } from "./page-table.ts";
import { proceduralPage } from "./procedural-page.ts";
import type { StreamTable } from "./stream-table.ts";
import type { Tables } from "./tables.ts";

/** Where the bytes of a page are: in a chunk of frames, or generated on the spot. Holds until the store is called again. */
export class PageView {
  readonly #pages: PageTable;
  readonly #streams: StreamTable;
  readonly #data: FramePool;
  /** Where in the buffer that `look` answered last the page begins. */
  offset = 0;

  constructor({ pages, streams, memory }: Tables) {
    this.#pages = pages;
    this.#streams = streams;
    this.#data = memory.data;
  }

  /** The buffer that holds page number `page`, for which a leaf has this link (not 0). */
  look(link: number, page: number): Buffer {
    const content = link < 0 ? link : this.#pages.content(link);
    if (content < 0) {
      this.offset = 0;
      return this.#streams.image(~content)?.page(page) ?? proceduralPage(this.#streams.seed(~content), page);
    }
    this.offset = this.#data.offsetOf(content - 1);
    return this.#data.bytesOf(content - 1);
  }
}
