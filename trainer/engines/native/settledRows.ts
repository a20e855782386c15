/** Which rows of the data set the settled layers have answered to, and have their answers kept. */
export class SettledRows {
  private readonly known: Uint8Array
  private left: number

  constructor(private readonly rows: number) {
    this.known = new Uint8Array(rows)
    this.left = rows
  }

  /** Those of these rows that have no answer yet; from now on they count as answered. */
  take(rows: Int32Array): Int32Array {
    if (this.left === 0) return none
    const missing = rows.filter((row) => {
      if (this.known[row]) return false
      this.known[row] = 1
      return true
    })
    this.left -= missing.length
    return missing
  }

  /** The answers have become others. */
  forget(): void {
    this.known.fill(0)
    this.left = this.rows
  }
}

const none = new Int32Array()
