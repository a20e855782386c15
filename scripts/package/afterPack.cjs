// Hardens the packed app. What set-up added to the Electron distribution is for development only.
const fs = require('node:fs')
const path = require('node:path')
const { flipFuses, FuseVersion, FuseV1Options } = require('@electron/fuses')

exports.default = async ({ appOutDir, electronPlatformName, packager }) => {
  const name = packager.appInfo.productFilename
  const [program, resources] = {
    darwin: [`${name}.app`, `${name}.app/Contents/Resources`],
    win32: [`${name}.exe`, 'resources']
  }[electronPlatformName] ?? [packager.executableName, 'resources']
  for (const name of [`${resources}/default_app.asar`, 'checksums.json'])
    fs.rmSync(path.join(appOutDir, name), { force: true })
  await flipFuses(path.join(appOutDir, program), {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: electronPlatformName === 'darwin',
    // netloom-cli starts the app as plain Node
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    // Playwright attaches through it: on in a build made for tests only
    [FuseV1Options.EnableNodeCliInspectArguments]: process.env.NETLOOM_INSPECT === '1',
    [FuseV1Options.OnlyLoadAppFromAsar]: true
  })
}
