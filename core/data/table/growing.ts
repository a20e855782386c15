type Numbers = Float64Array | Int32Array

/** A typed array that grows at its end. */
export class Growing<A extends Numbers> {
  length = 0
  private values: A

  constructor(
    private readonly make: new (length: number) => A,
    capacity = 1024
  ) {
    this.values = new make(capacity)
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new this.make(2 * this.length)
      larger.set(this.values)
      this.values = larger
    }
    this.values[this.length++] = value
  }

  /** The values, in an array of their own length. */
  done(): A {
    return this.values.slice(0, this.length) as A
  }
}
