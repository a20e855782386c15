// The shared cache and the files it hands out. A folder in it is complete or absent, and carries the checksums of
// its binaries, which are compared again each time they are placed in a checkout.
import { createHash } from 'node:crypto'
import { constants, createReadStream, createWriteStream, existsSync } from 'node:fs'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import zlib from 'node:zlib'
import { readJson } from './places.mjs'

const manifestName = 'checksums.json'

/** Digest of a file. */
export async function digest(file, algorithm = 'sha256', encoding = 'hex') {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash)
  return hash.digest(encoding)
}

/** Throws unless the file has this digest. */
export async function expectDigest(file, what, expected, algorithm = 'sha256', encoding = 'hex') {
  const got = await digest(file, algorithm, encoding)
  if (got !== expected) throw new Error(`${what}: ${algorithm} is ${got}, expected ${expected}`)
}

/** Every file below a folder, relative to it, links left out. */
export async function filesIn(folder) {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort()
}

/** Bytes below a folder; what disappears while counting counts as nothing. */
export async function folderSize(folder) {
  let bytes = 0
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const info = await fs.stat(path.join(entry.parentPath ?? entry.path, entry.name)).catch(() => undefined)
    bytes += info?.size ?? 0
  }
  return bytes
}

const isBinary = (name) => /\.(so|dll|dylib|node|exe)(\.|$)/.test(name) || !path.extname(name)

/** Fills a cache folder through make(folder), then moves it into place in one step: nobody sees half of it. */
export async function fill(folder, make) {
  if (existsSync(folder)) return
  await fs.mkdir(path.dirname(folder), { recursive: true })
  const temporary = await fs.mkdtemp(`${folder}.tmp-`)
  try {
    await make(temporary)
    const checksums = {}
    for (const name of (await filesIn(temporary)).filter(isBinary))
      checksums[name.replaceAll(path.sep, '/')] = await digest(path.join(temporary, name))
    await fs.writeFile(path.join(temporary, manifestName), JSON.stringify(checksums, null, 1))
    await fs.chmod(temporary, 0o755)
    await fs.rename(temporary, folder).catch((error) => {
      if (!existsSync(folder)) throw error // another set-up was first: its copy is as good
    })
  } finally {
    await fs.rm(temporary, { recursive: true, force: true })
  }
}

/** Compares a cache folder's binaries with their checksums; a damaged folder is thrown away. */
export async function intact(folder) {
  const checksums = readJson(path.join(folder, manifestName))
  if (checksums) {
    const wrong = await Promise.all(
      Object.entries(checksums).map(async ([name, expected]) => {
        const got = await digest(path.join(folder, name)).catch(() => 'missing')
        return got !== expected
      })
    )
    if (!wrong.includes(true)) return true
  }
  await fs.rm(folder, { recursive: true, force: true })
  return false
}

/** Places a file: a hard link where the file system allows it, else a copy. */
export async function place(from, to) {
  await fs.mkdir(path.dirname(to), { recursive: true })
  await fs.rm(to, { force: true })
  await fs.link(from, to).catch(() => fs.copyFile(from, to, constants.COPYFILE_FICLONE))
}

/** A folder of our own for the time of work(folder). */
export async function inTemporaryFolder(name, work) {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), `netloom-${name}-`))
  try {
    return await work(folder)
  } finally {
    await fs.rm(folder, { recursive: true, force: true })
  }
}

/** The share of a download that has arrived in a folder, looked at twice a second while work() runs. */
export async function watchGrowth(folder, expectedBytes, progress, what, work) {
  let share = 0
  const timer = setInterval(() => {
    void folderSize(folder).then((bytes) => (share = Math.min(0.99, bytes / expectedBytes)))
  }, 500)
  progress(what, () => share)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}

/** Unpacks the entries of a zip file (wheels are zips) that want(name) maps to a path. */
export async function unzip(file, want) {
  const handle = await fs.open(file)
  const read = async (length, position) =>
    (await handle.read(Buffer.alloc(length), 0, length, position)).buffer
  try {
    const { size } = await handle.stat()
    const tailLength = Math.min(size, 65557)
    const tail = await read(tailLength, size - tailLength)
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
    if (end < 0) throw new Error(`${path.basename(file)} is not a zip file`)
    const directory = await read(tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16))
    for (let at = 0; at < directory.length;) {
      const method = directory.readUInt16LE(at + 10)
      const packed = directory.readUInt32LE(at + 20)
      const nameLength = directory.readUInt16LE(at + 28)
      const offset = directory.readUInt32LE(at + 42)
      const name = directory.toString('utf8', at + 46, at + 46 + nameLength)
      at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
      const to = name.endsWith('/') ? undefined : want(name)
      if (!to) continue
      await fs.mkdir(path.dirname(to), { recursive: true })
      if (packed === 0) {
        await fs.writeFile(to, '')
        continue
      }
      const local = await read(30, offset)
      const start = offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28)
      const input = createReadStream(file, { start, end: start + packed - 1, highWaterMark: 1 << 20 })
      const steps = method === 8 ? [zlib.createInflateRaw({ chunkSize: 1 << 20 })] : []
      await pipeline([input, ...steps, createWriteStream(to)])
    }
  } finally {
    await handle.close()
  }
}
