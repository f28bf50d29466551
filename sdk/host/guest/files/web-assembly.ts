/**
 * The part of WebAssembly that is needed here. Node has it as a global, but the types of it come with those of browsers only,
 * which this project leaves out.
 */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

export type WasmExports = Readonly<Record<string, unknown>>;
export type WasmImports = Readonly<Record<string, (...args: number[]) => number>>;

declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, WasmImports>>,
  ) => { readonly exports: WasmExports };
  readonly Memory: abstract new (...args: never[]) => WasmMemory;
};

export type WasmModule = object;

/** Compiles at once: what is asked for is a few hundred kilobytes, and whoever asks cannot wait. */
export const compile = (bytes: Uint8Array): WasmModule => new WebAssembly.Module(bytes);

export const instantiate = (module: WasmModule, imports: Readonly<Record<string, WasmImports>>): WasmExports =>
  new WebAssembly.Instance(module, imports).exports;

export const isMemory = (value: unknown): value is WasmMemory => value instanceof WebAssembly.Memory;

type WasmFunction = (...args: number[]) => unknown;

export const isFunction = (value: unknown): value is WasmFunction => typeof value === "function";
