/** A picture that cannot be used, with the reason in words that follow its name: "is empty". */
export class PictureError extends Error {}

/** Why the decoder could not read a file. It speaks of bytes and chunks. */
export function decoderWords(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error)
  if (
    /end of file|fill whole buffer|not enough bytes|corrupt|missing|outside the bounds|offset|truncat/i.test(
      said
    )
  )
    return 'is cut off or damaged'
  if (/limit/i.test(said)) return 'has more pixels than Netloom reads'
  if (/not support|unsupported/i.test(said)) return 'is of a kind that Netloom cannot read'
  return 'cannot be read as a picture'
}
