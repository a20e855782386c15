// npx electron scripts/icons.cjs: draws assets/icons/netloom.svg at the sizes that the desktops ask for. Run by hand
// when the drawing changes; the results are committed, so that packaging needs no converter.
const { app, BrowserWindow } = require('electron')
const fs = require('node:fs')
const path = require('node:path')

const folder = path.join(__dirname, '../assets/icons')
const svg = fs.readFileSync(path.join(folder, 'netloom.svg'))
const page = `<body style="margin:0"><canvas></canvas><script>
const draw = async (size) => {
  const image = new Image()
  image.src = 'data:image/svg+xml;base64,${svg.toString('base64')}'
  await image.decode()
  const canvas = document.querySelector('canvas')
  canvas.width = canvas.height = size
  canvas.getContext('2d').drawImage(image, 0, 0, size, size)
  return canvas.toDataURL('image/png').split(',')[1]
}</script>`

/** Windows: a directory of entries, then the pictures. */
function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  pictures.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  })
  return Buffer.concat([head, ...pictures.map(({ png }) => png)])
}

/** macOS: four letters and a length before each picture. */
function icns(pictures) {
  const names = { 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10' }
  const block = (name, bytes) => {
    const head = Buffer.alloc(8)
    head.write(name, 'latin1')
    head.writeUInt32BE(bytes.length + 8, 4)
    return Buffer.concat([head, bytes])
  }
  return block('icns', Buffer.concat(pictures.map(({ size, png }) => block(names[size], png))))
}

app.whenReady().then(async () => {
  const window = new BrowserWindow({ show: false })
  await window.loadURL(`data:text/html;base64,${Buffer.from(page).toString('base64')}`)
  const pictures = []
  for (const size of [16, 32, 48, 64, 128, 256, 512, 1024]) {
    const png = Buffer.from(await window.webContents.executeJavaScript(`draw(${size})`), 'base64')
    pictures.push({ size, png })
    if (size >= 32 && size <= 512) fs.writeFileSync(path.join(folder, `${size}x${size}.png`), png)
  }
  const of = (...sizes) => pictures.filter(({ size }) => sizes.includes(size))
  fs.writeFileSync(path.join(folder, 'netloom.ico'), ico(of(16, 32, 48, 64, 256)))
  fs.writeFileSync(path.join(folder, 'netloom.icns'), icns(of(128, 256, 512, 1024)))
  app.quit()
})
