import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Chunks, Tickets } from "../../../../sdk/host/transfer/tickets.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);

async function all(chunks: Chunks): Promise<number[]> {
  const found: number[] = [];
  for await (const chunk of chunks) found.push(...chunk);
  return found;
}

/** Tickets, and what was brought to them. */
function office() {
  const clock = { now: 1000 };
  const tickets = new Tickets(7, () => clock.now);
  const brought: number[][] = [];
  const take = (size?: number) => ({
    size,
    write: async (chunks: AsyncIterable<Uint8Array>) => void brought.push(await all(chunks)),
  });
  return { clock, tickets, brought, take };
}

describe("URLs to fetch bytes from", () => {
  test("give the bytes once, to whoever has the URL, and say how many there are", async () => {
    const { tickets } = office();
    let done = 0;
    const url = tickets.offerDownload({ size: 3, read: () => [bytes(1, 2), bytes(3)], done: () => done++ });
    expect(url).toMatch(/^https:\/\/\*\/guestFile\?id=1&token=52[0-9a-f]{6}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const download = tickets.download(url.replace("*", "vcenter.example:8443"));
    expect(download.size).toBe(3);
    expect(await all(download)).toEqual([1, 2, 3]);
    expect(done).toBe(1);
    expect(() => tickets.download(url)).toThrow(/used already/);
  });

  test("are never alike, and the same for the same seed", () => {
    const urls = [office(), office()].map(({ tickets }) =>
      [1, 2, 3].map(() => tickets.offerDownload({ read: () => [] })),
    );
    expect(new Set(urls[0]).size).toBe(3);
    expect(urls[0]).toEqual(urls[1]);
  });

  test("last ten minutes", () => {
    const { tickets, clock } = office();
    const url = tickets.offerDownload({ read: () => [] });
    clock.now += 600_000;
    expect(() => tickets.download(url)).toThrow(expect.objectContaining({ name: "NotFound" }));
  });

  test("last until they are withdrawn where they are not for once", async () => {
    const { tickets, clock } = office();
    const url = tickets.offerDownload({ read: () => [bytes(9)] }, { path: "/nfc/1/disk-0.vmdk", once: false });
    expect(url).toBe("https://*/nfc/1/disk-0.vmdk");
    clock.now += 1e9;
    for (let i = 0; i < 3; i++) expect(await all(tickets.download(url))).toEqual([9]);
    tickets.withdraw(url);
    expect(() => tickets.download(url)).toThrow(expect.objectContaining({ name: "NotFound" }));
  });

  test("nobody's token is in what a message says", () => {
    const { tickets } = office();
    expect(() => tickets.download("https://*/guestFile?id=1&token=secret")).toThrow(/id=1&token=\.\.\.'/);
  });

  test("are forgotten when too many are never used, the oldest first", () => {
    const { tickets } = office();
    const first = tickets.offerDownload({ read: () => [] });
    const second = tickets.offerDownload({ read: () => [] });
    for (let i = 1; i < 10_000; i++) tickets.offerDownload({ read: () => [] });
    expect(() => tickets.download(first)).toThrow(expect.objectContaining({ name: "NotFound" }));
    expect(tickets.download(second).size).toBeUndefined();
  });

  test("stop when the signal is aborted", async () => {
    const { tickets } = office();
    const url = tickets.offerDownload({ read: () => [bytes(1), bytes(2)] });
    const giveUp = new AbortController();
    const chunks = tickets.download(url, giveUp.signal)[Symbol.asyncIterator]();
    expect((await chunks.next()).value).toEqual(bytes(1));
    giveUp.abort();
    await expect(chunks.next()).rejects.toThrow();
  });
});

describe("URLs to bring bytes to", () => {
  test("take them once", async () => {
    const { tickets, brought, take } = office();
    const url = tickets.offerUpload(take());
    await tickets.upload(url, [bytes(1), bytes(2, 3)]);
    expect(brought).toEqual([[1, 2, 3]]);
    await expect(tickets.upload(url, [])).rejects.toMatchObject({ name: "NotFound" });
  });

  test("refuse what is not of the size announced, and take what is", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 4 }), { maxLength: 5 }),
        fc.nat(12),
        async (chunks, size) => {
          const { tickets, brought, take } = office();
          const sent = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
          const upload = tickets.upload(tickets.offerUpload(take(size)), chunks);
          if (sent === size) await upload;
          else await expect(upload).rejects.toMatchObject({ name: "InvalidArgument" });
          expect(brought).toEqual(sent === size ? [chunks.flatMap((chunk) => [...chunk])] : []);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("are not to fetch from, nor the other way round, and are good for their own way afterwards", async () => {
    const { tickets, brought, take } = office();
    const up = tickets.offerUpload(take());
    const down = tickets.offerDownload({ read: () => [bytes(5)] });
    expect(() => tickets.download(up)).toThrow(expect.objectContaining({ name: "InvalidArgument" }));
    await expect(tickets.upload(down, [])).rejects.toMatchObject({ name: "InvalidArgument" });
    await tickets.upload(up, [bytes(4)]);
    expect(brought).toEqual([[4]]);
    expect(await all(tickets.download(down))).toEqual([5]);
  });
});
