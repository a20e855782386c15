import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate'
import { describe, expect, test } from 'vitest'
import { packProject, unpackProject, type Project } from '@core/document/container'
import type { Checkpoint } from '@core/run/checkpoint'
import { encodeCheckpoint } from '@core/run/checkpoint'
import { autoOptions } from '@core/data/table/sniff'
import { firstProject } from '@core/templates'

const checkpoint: Checkpoint = {
  structure: 'key',
  epoch: 1,
  step: 1,
  history: [],
  tensors: [{ name: 'hidden/kernel', shape: [2], values: Float32Array.of(1, 2) }]
}
const project: Project = {
  document: firstProject,
  files: {
    'punkte ä.csv': { bytes: strToU8('x,y,label\n1,2,a\n3,4,ü\n'), read: { ...autoOptions, decimal: ',' } },
    __proto__x: { bytes: strToU8('a'), read: autoOptions }
  },
  checkpoint,
  thumbnail: Uint8Array.of(137, 80, 78, 71)
}
const json = strToU8(JSON.stringify(firstProject))

function refused(bytes: Uint8Array): { code: string; message: string } {
  const read = unpackProject(bytes)
  if (read.ok) throw new Error('It was read.')
  return read.problems[0]
}
const filesIn = (entries: Zippable): readonly string[] => {
  const read = unpackProject(zipSync({ 'document.json': json, ...entries }))
  return Object.keys(read.ok ? read.value.files : { 'not read': '' })
}

test('a whole project comes back', () => {
  expect(unpackProject(packProject(project))).toEqual({ ok: true, value: project })
})

test('so does one that holds a document only', () => {
  const bare = { document: firstProject, files: {} }
  expect(unpackProject(packProject(bare))).toEqual({ ok: true, value: bare })
})

test('a bare document.json is a project', () => {
  expect(unpackProject(json)).toEqual({ ok: true, value: { document: firstProject, files: {} } })
})

test('the document in it is for people and version control to read', () => {
  const text = strFromU8(unzipSync(packProject(project))['document.json'])
  expect(text).toContain('\n  "format": "netloom",\n')
  expect(text.endsWith('}\n')).toBe(true)
})

test('a file called __proto__ is a file', () => {
  const entries: Zippable = { 'data/__proto__': strToU8('x') }
  expect(filesIn(entries)).toEqual(['__proto__'])
})

test('what it does not know is left alone, and no name leads out of data/', () => {
  const names = [
    'data/../../evil.csv',
    'data/a/b.csv',
    'data/..',
    'data/.',
    'data\\x.csv',
    '/etc/passwd',
    'notes.txt'
  ]
  expect(filesIn(Object.fromEntries(names.map((name) => [name, strToU8('x')])))).toEqual([])
})

test('a file that could not be read back is not packed', () => {
  expect(() =>
    packProject({ ...project, files: { 'a/b.csv': { bytes: new Uint8Array(), read: autoOptions } } })
  ).toThrow('a/b.csv is no name')
})

describe('refuses', () => {
  test('an empty file', () => {
    expect(refused(new Uint8Array()).message).toContain('is empty')
  })

  test('bytes that are neither', () => {
    expect(refused(Uint8Array.from({ length: 300 }, (_, i) => i)).message).toContain('not a Netloom project')
  })

  test('a zip of something else', () => {
    expect(refused(zipSync({ 'word/document.xml': strToU8('<w/>') })).message).toContain('no document.json')
  })

  test('a zip cut off anywhere', () => {
    const whole = packProject(project)
    for (let length = 2; length < whole.length; length += 41) {
      const { code, message } = refused(whole.slice(0, length))
      expect(code).toBe('broken-file')
      expect(message).toContain('damaged')
    }
  })

  test('a broken document within', () => {
    expect(refused(zipSync({ 'document.json': strToU8('{') })).code).toBe('broken-document')
  })

  test('a broken training state within, and with it the whole', () => {
    const broken = encodeCheckpoint(checkpoint).slice(0, -1)
    expect(refused(zipSync({ 'document.json': json, 'training.bin': broken })).code).toBe('broken-checkpoint')
  })

  test('a bomb', () => {
    const bomb = zipSync({ 'document.json': json, 'data/x.csv': new Uint8Array(1 << 20) })
    const view = new DataView(bomb.buffer, bomb.byteOffset)
    // The central directory's entry of data/x.csv: its size unpacked stands 24 bytes in.
    const at = lastIndexOf(bomb, [0x50, 0x4b, 1, 2])
    view.setUint32(at + 24, 0xf0000000, true)
    expect(refused(bomb).message).toContain('larger than 1 GB')
  })

  test('a bomb that lies about its size stays as small as it says', () => {
    const bomb = zipSync({ 'document.json': json, 'data/x.csv': new Uint8Array(1 << 20).fill(65) })
    const view = new DataView(bomb.buffer, bomb.byteOffset)
    view.setUint32(lastIndexOf(bomb, [0x50, 0x4b, 1, 2]) + 24, 100, true)
    const read = unpackProject(bomb)
    if (read.ok) expect(read.value.files['x.csv'].bytes.length).toBeLessThanOrEqual(100)
  })
})

function lastIndexOf(bytes: Uint8Array, pattern: readonly number[]): number {
  for (let at = bytes.length - pattern.length; at >= 0; at--)
    if (pattern.every((b, i) => bytes[at + i] === b)) return at
  throw new Error('The pattern is not there.')
}
