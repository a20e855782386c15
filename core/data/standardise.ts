/** Moves and scales columns of a table [rows, width] in place, so that each has mean 0 and standard deviation 1. */
export function standardise(x: Float32Array, width: number, columns: readonly number[]): void {
  const rows = x.length / width
  for (const column of columns) {
    let sum = 0
    for (let row = 0; row < rows; row++) sum += x[row * width + column]!
    const mean = sum / rows
    let squares = 0
    for (let row = 0; row < rows; row++) squares += (x[row * width + column]! - mean) ** 2
    // A column that is the same everywhere becomes 0.
    const spread = Math.sqrt(squares / rows) || 1
    for (let row = 0; row < rows; row++) x[row * width + column] = (x[row * width + column]! - mean) / spread
  }
}
