const BLOCK = 512

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).replace(/\0.*$/s, '')

/**
 * The files in a tar archive (POSIX ustar and its elders), by the last part of their path. Links and folders are
 * left out; files of more than 8 GB are not for this. Throws where the bytes are no tar archive.
 */
export function filesInTar(archive: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  for (let at = 0; at + BLOCK <= archive.length;) {
    const header = archive.subarray(at, at + BLOCK)
    if (header.every((byte) => byte === 0)) break
    const size = parseInt(text(header.subarray(124, 136)).trim() || '0', 8)
    if (checksum(header) !== parseInt(text(header.subarray(148, 156)).trim(), 8) || !(size >= 0))
      throw new Error('it is no tar archive')
    const kind = String.fromCharCode(header[156]!)
    const start = at + BLOCK
    if (start + size > archive.length) throw new Error('it is cut off')
    const name = text(header.subarray(0, 100)).split('/').at(-1)!
    if ((kind === '0' || kind === '\0') && name !== '') files.set(name, archive.subarray(start, start + size))
    at = start + Math.ceil(size / BLOCK) * BLOCK
  }
  if (files.size === 0) throw new Error('it is no tar archive')
  return files
}

/** The sum of the header's bytes, with its own field taken as spaces. */
function checksum(header: Uint8Array): number {
  return header.reduce((sum, byte, i) => sum + (i >= 148 && i < 156 ? 32 : byte), 0)
}
