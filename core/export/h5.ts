/** What stands beside a group or a data set. Names are fixed-length or variable-length texts. */
export type H5Attribute = string | readonly string[]

/** Numbers of an HDF5 file, float32, row-major. */
export interface H5Dataset {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** A group of an HDF5 file, and so a whole file. */
export interface H5Group {
  readonly attributes?: { readonly [name: string]: H5Attribute }
  readonly groups?: { readonly [name: string]: H5Group }
  readonly datasets?: { readonly [name: string]: H5Dataset }
}
