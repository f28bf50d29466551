import { after, type ErrorRecord, eachInTurn, type Maybe, type Value } from "../language/index.ts";
import { all } from "./all.ts";
import { cellText, isNumeric } from "./cell.ts";
import { type Colours, plainColours } from "./colour.ts";
import { errorLines } from "./error.ts";
import { Formatted } from "./formatted.ts";
import type { Page } from "./group.ts";
import { ListGroup } from "./list-group.ts";
import { present } from "./present.ts";
import { visible, visibleRows } from "./safe.ts";
import type { Shape } from "./shape.ts";
import type { Sink } from "./sink.ts";
import { TableGroup } from "./table-group.ts";

/** Takes the objects a pipeline puts out, one by one. */
export interface OutputWriter {
  write(value: Value): Maybe<void>;
  /** Prints what is held back to lay it out better. */
  flush(): Maybe<void>;
  /** The pipeline has ended. */
  end(): Maybe<void>;
}

export interface FormatterOptions {
  /** Width of the terminal when something is laid out; default 120. */
  columns?(): number;
  readonly colours?: Colours;
}

type OpenGroup =
  | { readonly kind: "table"; readonly shape: Shape; readonly group: TableGroup; readonly title: string | undefined }
  | { readonly kind: "list"; readonly shape: Shape; readonly group: ListGroup; readonly title: string | undefined };

/**
 * Objects as text, as they come: a run of objects of one kind is one table or list, text and numbers are lines.
 *
 * @example
 * const formatter = new Formatter(new StreamSink(process.stdout));
 * formatter.write(PSObject.of({ Name: "web-01", NumCpu: 2 }));
 * formatter.end();
 */
export class Formatter implements OutputWriter {
  readonly #sink: Sink;
  readonly #colours: Colours;
  readonly #page: Page;
  #open: OpenGroup | undefined;
  #busy: Promise<void> | undefined;

  constructor(sink: Sink, options: FormatterOptions = {}) {
    this.#sink = sink;
    const colours = options.colours ?? plainColours;
    this.#colours = colours;
    this.#page = {
      lines: (lines) => sink.write(`${lines.join("\n")}\n`),
      heading: (text) => colours.green(text),
      get columns() {
        return options.columns?.() ?? 120;
      },
    };
  }

  write(value: Value): Maybe<void> {
    return this.#inTurn(() => this.#show(value));
  }

  flush(): Maybe<void> {
    return this.#inTurn(() => after(this.#open?.group.flush(), () => this.#sink.flush()));
  }

  end(): Maybe<void> {
    return this.#inTurn(() => after(this.#close(), () => this.#sink.flush()));
  }

  /** Keeps the order when a property had to be waited for and the caller did not wait. */
  #inTurn(action: () => Maybe<void>): Maybe<void> {
    const done = this.#busy === undefined ? action() : this.#busy.then(action);
    if (!(done instanceof Promise)) return;
    const settled: Promise<void> = done
      .catch(() => undefined)
      .then(() => {
        if (this.#busy === settled) this.#busy = undefined;
      });
    this.#busy = settled;
    return done;
  }

  #show(value: Value): Maybe<void> {
    if (value === null) return;
    if (value instanceof Formatted) return this.#place(value.shape, value.cells, value.group);
    const presentation = present(value, this.#open?.shape);
    switch (presentation.kind) {
      case "each":
        return eachInTurn(presentation.values, (item) => this.#show(item));
      case "lines":
        return after(this.#close(), () => this.#page.lines(presentation.lines));
      case "error":
        return after(this.#close(), () => this.#error(presentation.record));
      case "shape": {
        const { shape } = presentation;
        const { group } = shape;
        const cells = all(shape.columns.map((column) => column.read(value)));
        return after(cells, (read) =>
          after(group?.read(value), (held) =>
            this.#place(shape, read, group && `${group.label}: ${cellText(held ?? null)}`),
          ),
        );
      }
    }
  }

  #error(record: ErrorRecord): Maybe<void> {
    return this.#page.lines(errorLines(record, this.#colours, this.#page.columns));
  }

  #place(shape: Shape, cells: readonly Value[], title: string | undefined): Maybe<void> {
    const open = this.#open;
    // Lists have no columns in common: whatever comes next in a list goes on below.
    const continues = open?.shape === shape || (open?.kind === "list" && shape.kind === "list");
    if (open !== undefined && continues && open.title === title) return this.#add(open, shape, cells);
    return after(this.#close(), () => {
      const group: OpenGroup =
        shape.kind === "table"
          ? { kind: "table", shape, group: new TableGroup(shape, this.#page), title }
          : { kind: "list", shape, group: new ListGroup(this.#page), title };
      this.#open = group;
      const titled = title === undefined ? undefined : this.#page.lines(["", `   ${visible(title)}`]);
      return after(titled, () => this.#add(group, shape, cells));
    });
  }

  #add(open: OpenGroup, shape: Shape, cells: readonly Value[]): Maybe<void> {
    const texts = cells.map((cell, index) => cellText(cell, shape.columns[index]?.format));
    if (open.kind === "list") {
      return open.group.add(
        texts.map((text, index) => ({ label: visible(shape.columns[index]?.label ?? ""), lines: visibleRows(text) })),
      );
    }
    const safe = shape.wrap === true ? (text: string) => visibleRows(text).join("\n") : visible;
    return open.group.add({ cells: texts.map(safe), numeric: cells.map(isNumeric) });
  }

  #close(): Maybe<void> {
    const open = this.#open;
    this.#open = undefined;
    return open?.group.end();
  }
}
