import { f32x4, i32, i32x4, v128, type Vec } from '../wasm/instructions'

/** Bytes of four float32. */
export const VECTOR = 16

/**
 * Numbers that the code needs in all four places of a vector. They stand in memory, because loading one takes a
 * single instruction where making one takes three.
 */
export class Constants {
  private readonly places = new Map<number, number>()

  /** `address` and `bytes` say where there is room for them. */
  constructor(
    private readonly address: number,
    private readonly bytes: number
  ) {}

  /** A float32 in all places. */
  float(value: number): Vec {
    if (value === 0) return f32x4.const(0)
    return this.bits(new Int32Array(Float32Array.of(value).buffer)[0]!)
  }

  /** A whole number in all places. */
  int(value: number): Vec {
    return value === 0 ? i32x4.const(0) : this.bits(value | 0)
  }

  /** What has to stand at the address. */
  content(): Uint8Array {
    const words = [...this.places.keys()].flatMap((bits) => [bits, bits, bits, bits])
    return new Uint8Array(Int32Array.from(words).buffer)
  }

  private bits(bits: number): Vec {
    const place = this.places.get(bits) ?? this.places.size
    if (VECTOR * (place + 1) > this.bytes) throw new Error('There are more constants than room for them.')
    this.places.set(bits, place)
    return v128.load(i32.const(this.address), VECTOR * place)
  }
}
