/** Pages that come from outside, and are asked for when somebody reads them: content that costs nothing until then. */
export interface PageImage {
  /** How many pages it has among the `span` from number `base` on; `span` may be infinite. */
  count(base: number, span: number): number;
  /** The first page from a number on that it has, or has not; infinite if there is none. */
  next(from: number, has: boolean): number;
  /** The 4096 bytes of a page that it has: always the same, not all zero. They are not changed, and not kept. */
  page(page: number): Buffer;
}

/** The images in use, by number. A store and its twins have them in common: they are few, and are never forgotten. */
export class PageImages {
  readonly #images: PageImage[] = [];
  readonly #numbers = new Map<PageImage, number>();

  numberOf(image: PageImage): number {
    const known = this.#numbers.get(image);
    if (known !== undefined) return known;
    this.#numbers.set(image, this.#images.length);
    return this.#images.push(image) - 1;
  }

  get(number: number): PageImage {
    const image = this.#images[number];
    if (!image) throw new Error(`there is no image ${number}`);
    return image;
  }
}
