/** The memory of a module. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer
}

/** What is used of JavaScript's `WebAssembly`, which the types of Node leave out. */
interface WasmHost {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

/** Compiles and starts a module that imports nothing; `Exports` is what the module is known to offer. */
export function instantiate<Exports>(bytes: Uint8Array<ArrayBuffer>): Exports {
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: WasmHost }).WebAssembly
  return new Instance(new Module(bytes)).exports as Exports
}
