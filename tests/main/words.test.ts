import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { notAProject } from '../../main/files/kinds'
import { fileName, isPlainName } from '../../main/files/projects'
import { sizeText } from '@core/words'
import { openProblem, saveProblem } from '../../main/files/words'
import { deathWords } from '../../main/trainer/words'

const failure = (code: string) => Object.assign(new Error(code), { code })
const bytes = (text: string, encoding: BufferEncoding = 'utf8') => new Uint8Array(Buffer.from(text, encoding))

describe('files', () => {
  test.each([
    ['ENOSPC', 'disk-full', 'There is no room left for moons.netloom, which needs 1.2 MB.'],
    ['EACCES', 'read-only', 'Netloom may not write moons.netloom in the folder “lessons”.'],
    ['EROFS', 'read-only', 'The drive with the folder “lessons” can only be read.'],
    ['ENOENT', 'folder-gone', 'The folder “lessons” is not there any more.'],
    ['EBUSY', 'locked', 'Another program is using moons.netloom.'],
    ['EIO', 'save-failed', 'moons.netloom could not be saved (EIO).']
  ])('%s while saving is told with a way out', (code, problem, message) => {
    const said = saveProblem(failure(code), '/home/me/lessons/moons.netloom', 1_200_000)
    expect(said).toMatchObject({ code: problem, message })
    expect(said.detail).toBeTruthy()
  })

  test.each([
    ['ENOENT', 'file-gone'],
    ['EACCES', 'not-allowed'],
    ['EISDIR', 'is-folder'],
    ['EIO', 'open-failed']
  ])('%s while opening is %s', (code, problem) => {
    expect(openProblem(failure(code), '/home/me/lessons/moons.netloom')).toMatchObject({ code: problem })
  })

  test('sizes read well', () => {
    expect([12, 1500, 2_340_000, 5e9].map(sizeText)).toEqual(['1 kB', '2 kB', '2.3 MB', '5.0 GB'])
  })

  test('other files are called by their name', () => {
    const says = (name: string, content: Uint8Array) => notAProject(name, content)?.message
    expect(says('a.h5', bytes('\x89HDF\r\n\x1a\n', 'latin1'))).toContain('a Keras model')
    expect(
      says('a.keras', zipSync({ 'config.json': bytes('{}'), 'model.weights.h5': bytes('x') }))
    ).toContain('a Keras model')
    expect(says('a.xlsx', zipSync({ 'xl/workbook.xml': bytes('x') }))).toContain('an Excel table')
    expect(says('a.jpg', bytes('\xff\xd8\xff\xe0', 'latin1'))).toContain('a picture')
    expect(says('a.zip', zipSync({ 'a.txt': bytes('x') }))).toContain('a zip archive')
    expect(says('a.csv', bytes('a,b\n'))).toContain('a table')
    expect(says('a.netloom', zipSync({ 'document.json': bytes('{}') }))).toBeUndefined()
    expect(says('a.json', bytes('{}'))).toBeUndefined()
  })

  test('names of files beside a project cannot lead elsewhere', () => {
    expect(['points.csv', 'größe 2.csv', '.hidden'].every(isPlainName)).toBe(true)
    expect(['..', '.', '../a', 'a/b', 'a\\b', 'C:a', 'a\0b'].some(isPlainName)).toBe(false)
  })

  test('a project’s name becomes a file name that every system takes', () => {
    expect(fileName('Two moons')).toBe('Two moons')
    expect(fileName(' A/B: "C"? ')).toBe('A B C')
    expect(fileName('..')).toBe('Netloom project')
    expect(fileName('con')).toBe('Netloom project')
    expect(fileName('x'.repeat(300))).toHaveLength(80)
  })
})

describe('the end of a training process', () => {
  test('while it trains', () => {
    expect(deathWords({ reason: 'killed', training: true, checkpoint: 1340, final: false })).toBe(
      'Training stopped: the training process was closed by the system (killed). Your network is safe; the last saved state is epoch 1,340.'
    )
  })
  test('while it waits', () => {
    expect(deathWords({ reason: undefined, training: false, checkpoint: undefined, final: false })).toBe(
      'The training process ended unexpectedly. Your network is safe.'
    )
  })
  test('for good', () => {
    expect(deathWords({ reason: 'oom', training: false, checkpoint: undefined, final: true })).toMatch(
      /^The training process ran out of memory\. .*Press Train to try again\.$/
    )
  })
})
