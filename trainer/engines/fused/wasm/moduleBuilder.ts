import { flatten, sized, text, unsigned, vector, type Code } from './encoding'
import { FunctionBuilder, type Callable } from './functionBuilder'
import { TYPE_BYTES, type Type } from './instructions'

/** Bytes in one page of memory. */
export const PAGE = 65536

/**
 * Writes a WebAssembly module with functions that return nothing and one memory of its own, exported as
 * `memory`. See https://webassembly.github.io/spec/core/binary/.
 */
export class ModuleBuilder {
  private readonly functions: FunctionBuilder[] = []
  private readonly exported: Code[] = []

  /** A function, callable by functions that come after it; exported where it has a name. */
  define(params: readonly Type[], body: (f: FunctionBuilder) => void, name?: string): Callable {
    const f = new FunctionBuilder(this.functions.length, params)
    this.functions.push(f)
    body(f)
    if (name !== undefined) this.exported.push([text(name), 0, unsigned(f.index)])
    return { index: f.index, params }
  }

  /** The module with a memory of this many bytes, which never grows. */
  encode(memoryBytes: number): Uint8Array<ArrayBuffer> {
    const pages = Math.ceil(memoryBytes / PAGE)
    const types = this.functions.map((f): Code => [0x60, vector(f.paramTypes.map((t) => TYPE_BYTES[t])), 0])
    const section = (id: number, content: Code): Code => [id, sized(content)]
    return flatten([
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, vector(types)),
      section(3, vector(this.functions.map((f) => unsigned(f.index)))),
      section(5, vector([[1, unsigned(pages), unsigned(pages)]])),
      section(7, vector([...this.exported, [text('memory'), 2, 0]])),
      section(10, vector(this.functions.map((f) => f.encode())))
    ])
  }
}
