import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { doors } from "../../../../sdk/host/doors/doors.ts";
import type { Door } from "../../../../sdk/host/doors/exchange.ts";
import { type Host, type Listening, startHost } from "../../../../sdk/host/index.ts";
import { request } from "./soap-client.ts";

const piece = 2 ** 16;
const count = 1000;
const made = { pieces: 0, ended: 0 };

function* pieces(): Generator<string> {
  try {
    for (let i = 0; i < count; i++) {
      made.pieces++;
      yield String.fromCharCode(97 + (i % 26)).repeat(piece);
    }
  } finally {
    made.ended++;
  }
}

/** A door with an answer of 64 MB. */
const large: Door = {
  claims: (path) => path === "/large" || path === "/whole",
  allows: () => ["GET", "HEAD"],
  handle(exchange) {
    const head = { "Content-Type": "text/plain" };
    if (exchange.path === "/large") return exchange.stream(200, head, pieces());
    exchange.answer(200, head, "x".repeat(count * piece));
  },
};

let host: Host;
let listening: Listening;
beforeAll(async () => {
  host = await startHost({ seed: 1 });
  listening = await host.listen({ tls: false, gzip: "always" });
  (doors as Door[]).unshift(large);
});
afterAll(() => {
  (doors as Door[]).splice(doors.indexOf(large), 1);
  host.close();
});

/** A client that has asked, and reads nothing. */
async function asks(path: string): Promise<Socket> {
  const socket = connect(listening.port, "127.0.0.1");
  socket.pause();
  await once(socket, "connect");
  socket.write(request(`GET ${path}`, []));
  return socket;
}

describe("a large answer", () => {
  it("is all there, plain and compressed, in pieces and at once", async () => {
    for (const path of ["/large", "/whole"]) {
      for (const encoding of ["identity", "gzip"]) {
        const answer = await fetch(`${listening.origin}${path}`, { headers: { "Accept-Encoding": encoding } });
        expect(answer.headers.get("content-encoding")).toBe(encoding === "gzip" ? "gzip" : null);
        expect((await answer.arrayBuffer()).byteLength).toBe(count * piece);
      }
    }
  });

  it("is made no faster than the client reads, and no further once he has gone", async () => {
    Object.assign(made, { pieces: 0, ended: 0 });
    const socket = await asks("/large");
    await vi.waitFor(() => expect(made.pieces).toBeGreaterThan(0), { timeout: 20_000 });
    let before = -1;
    // What the sockets themselves hold differs from system to system.
    while (before !== made.pieces) {
      before = made.pieces;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(made.pieces).toBeLessThan(count / 2);
    expect(made.ended).toBe(0);
    socket.destroy();
    await vi.waitFor(() => expect(made.ended).toBe(1), { timeout: 20_000 });
  });

  it("that is cut off leaves the server as it was", async () => {
    for (const path of ["/large", "/whole"]) (await asks(path)).destroy();
    const answer = await fetch(`${listening.origin}/sdk/vimServiceVersions.xml`);
    expect(answer.status).toBe(200);
  });

  it("has no body where only the head was asked for", async () => {
    for (const path of ["/large", "/whole"]) {
      const answer = await fetch(`${listening.origin}${path}`, { method: "HEAD" });
      expect([answer.status, await answer.text()]).toEqual([200, ""]);
    }
  });
});
