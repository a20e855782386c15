// A Debian package of the unpacked app, made by dpkg-deb alone.
import fs from 'node:fs/promises'
import path from 'node:path'
import { folderSize, place, filesIn } from '../setup/cache.mjs'
import { at, readJson } from '../setup/places.mjs'
import { run } from '../setup/run.mjs'

const architectures = { x64: 'amd64', arm64: 'arm64' }

// Libraries that Electron links against; newer distributions renamed two of them.
const depends = [
  'libgtk-3-0 | libgtk-3-0t64',
  'libnss3',
  'libgbm1',
  'libasound2 | libasound2t64',
  'xdg-utils'
]

const desktop = `[Desktop Entry]
Type=Application
Name=Netloom
GenericName=Neural network builder
Comment=Build neural networks by drag and drop and train them
Exec=netloom %f
Icon=netloom
Terminal=false
Categories=Education;Science;ArtificialIntelligence;
MimeType=application/x-netloom;
StartupWMClass=Netloom
`

const mime = `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/x-netloom">
    <comment>Netloom project</comment>
    <glob pattern="*.netloom"/>
  </mime-type>
</mime-info>
`

const control = ({ version, description, author }, kilobytes) => `Package: netloom
Version: ${version}
Section: education
Priority: optional
Architecture: ${architectures[process.arch]}
Maintainer: ${author} <authors@netloom.invalid>
Installed-Size: ${kilobytes}
Depends: ${depends.join(', ')}
Description: build and train neural networks by drag and drop
 ${description}.
 The training engine (TensorFlow) is part of the package; nothing is downloaded
 later. netloom-cli trains the same projects without a window.
`

async function write(file, text, mode = 0o644) {
  await fs.mkdir(path.dirname(file), { recursive: true })
  await fs.writeFile(file, text, { mode })
}

/** Writes the package and returns its path. `level` is the compression, 1 to 9. */
export async function makeDeb(unpacked, output, level) {
  const about = readJson(at('package.json'))
  const tree = await fs.mkdtemp(path.join(path.dirname(output), '.deb-'))
  try {
    const share = (...parts) => path.join(tree, 'usr/share', ...parts)
    // hard links: the tree holds the 600 MB of the app once more in name only
    await fs.cp(unpacked, path.join(tree, 'opt/Netloom'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: isFolder
    })
    for (const name of await filesIn(unpacked))
      await place(path.join(unpacked, name), path.join(tree, 'opt/Netloom', name))
    // Chromium's sandbox where user namespaces are for installed programs only; a copy, so as not to change the
    // unpacked app's own file
    const helper = path.join(tree, 'opt/Netloom/chrome-sandbox')
    await fs.rm(helper, { force: true })
    await fs.copyFile(path.join(unpacked, 'chrome-sandbox'), helper)
    await fs.chmod(helper, 0o4755)

    await fs.mkdir(path.join(tree, 'usr/bin'), { recursive: true })
    for (const name of ['netloom', 'netloom-cli'])
      await fs.symlink(`../../opt/Netloom/${name}`, path.join(tree, 'usr/bin', name))
    await write(share('applications/netloom.desktop'), desktop)
    await write(share('mime/packages/netloom.xml'), mime)
    await write(share('doc/netloom/copyright'), await fs.readFile(at('LICENSE'), 'utf8'))
    for (const size of [32, 48, 64, 128, 256, 512])
      await place(
        at(`assets/icons/${size}x${size}.png`),
        share(`icons/hicolor/${size}x${size}/apps/netloom.png`)
      )
    await place(at('assets/icons/netloom.svg'), share('icons/hicolor/scalable/apps/netloom.svg'))

    const kilobytes = Math.ceil((await folderSize(tree)) / 1024)
    await write(path.join(tree, 'DEBIAN/control'), control(about, kilobytes))
    await fs.chmod(tree, 0o755)
    await run('dpkg-deb', ['--root-owner-group', '-Zgzip', `-z${level}`, '--build', tree, output])
  } finally {
    await fs.rm(tree, { recursive: true, force: true })
  }
  return output
}

const isFolder = async (source) => (await fs.lstat(source)).isDirectory()
