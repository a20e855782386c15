// The stand-in for Electron's default app. A distribution taken from a published application lacks the small
// program that opens `electron <folder>`; this one does the same, for development only.

const main = `// Opens the application named on the command line, as Electron's own default app does.
const { app } = require('electron')
const fs = require('fs')
const path = require('path')
const Module = require('module')
const argv = process.argv.slice(1)
let target
for (let i = 0; i < argv.length && !target; i++) {
  if (argv[i] === '--version' || argv[i] === '-v') {
    console.log('v' + process.versions.electron)
    process.exit(0)
  } else if (argv[i] === '-r' || argv[i] === '--require') require(path.resolve(argv[++i]))
  else if (argv[i] === '--app') target = argv[++i]
  else if (argv[i].startsWith('--app=')) target = argv[i].slice(6)
  else if (!argv[i].startsWith('-')) target = argv[i]
}
if (!target) {
  console.error('usage: electron [options] <folder or script>')
  process.exit(2)
}
let entry = path.resolve(target)
try {
  if (fs.statSync(entry).isDirectory()) {
    const folder = entry
    const about = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
    app.setAppPath(folder)
    if (about.productName || about.name) app.setName(about.productName || about.name)
    if (about.version) app.setVersion(about.version)
    if (about.desktopName) app.setDesktopName(about.desktopName)
    app.setPath('userData', path.join(app.getPath('appData'), app.getName()))
    entry = path.join(folder, about.main || 'index.js')
  } else app.setAppPath(path.dirname(entry))
} catch (error) {
  console.error('electron: cannot open ' + entry + ': ' + error.message)
  process.exit(1)
}
Module._load(entry, Module, true)
`

/** The files of default_app.asar. */
export const defaultApp = {
  'package.json': JSON.stringify({ name: 'electron', productName: 'Electron', main: 'main.js' }),
  'main.js': main
}

/** An asar archive of plain files: sizes as a pickled header, then the bytes. */
export function asar(files) {
  const header = { files: {} }
  const parts = []
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const bytes = Buffer.from(text)
    header.files[name] = { size: bytes.length, offset: String(offset) }
    parts.push(bytes)
    offset += bytes.length
  }
  const json = Buffer.from(JSON.stringify(header))
  const padded = Math.ceil(json.length / 4) * 4
  const head = Buffer.alloc(16 + padded)
  head.writeUInt32LE(4, 0)
  head.writeUInt32LE(8 + padded, 4)
  head.writeUInt32LE(4 + padded, 8)
  head.writeUInt32LE(json.length, 12)
  json.copy(head, 16)
  return Buffer.concat([head, ...parts])
}
