import { FramePool } from "./frame-pool.ts";
import { HandleTable } from "./handle-table.ts";
import { Ledger } from "./ledger.ts";
import { NodeTable } from "./node-table.ts";
import { PageTable } from "./page-table.ts";
import { StreamTable } from "./stream-table.ts";
import { Touched } from "./touched.ts";

/** Memory of the process that a store and its twins draw on: tables apart from data, so that either empties its chunks. */
export interface Memory {
  readonly tables: FramePool;
  readonly data: FramePool;
}

/**
 * Everything a store knows; a fork of it shares all of that. From the bottom up: a `FramePool` has the memory, a `Column` makes an
 * array of it that forks in constant time, an `IdPool` says which entries are in use. The tables are made of these. On them the
 * `Forest` keeps the trees and their counts, and an `AddressSpace` turns addresses into pages.
 */
export class Tables {
  readonly memory: Memory;
  readonly ledger: Ledger;
  readonly streams: StreamTable;
  readonly nodes: NodeTable;
  readonly pages: PageTable;
  readonly handles: HandleTable;
  readonly touched: Touched;

  constructor(from?: Tables) {
    this.memory = from === undefined ? { tables: new FramePool(), data: new FramePool() } : from.memory;
    const { tables, data } = this.memory;
    this.ledger = new Ledger(tables, from?.ledger);
    this.streams = new StreamTable(tables, from?.streams);
    this.nodes = new NodeTable(tables, from?.nodes);
    this.pages = new PageTable(tables, data, this.ledger, this.streams, from?.pages);
    this.handles = new HandleTable(tables, from?.handles);
    this.touched = from === undefined ? new Touched() : from.touched.fork();
  }

  /** Frames that can be reached from here, tables and data. */
  get frames(): number {
    return this.ledger.frames + this.streams.frames + this.nodes.frames + this.pages.frames + this.handles.frames;
  }

  close(): void {
    this.ledger.close();
    this.streams.close();
    this.nodes.close();
    this.pages.close();
    this.handles.close();
  }
}
