import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect } from 'vitest'
import { at } from '../../scripts/setup/places.mjs'
import { test, type Netloom } from './fixtures'

const ORIGIN = 'app://netloom'

/** Runs script text in the page as an attacker's injected markup would. */
const inject = ({ page }: Netloom, markup: string) =>
  page.evaluate((html) => {
    document.body.insertAdjacentHTML('beforeend', html)
    for (const script of document.querySelectorAll('script[data-injected]')) {
      const copy = document.createElement('script')
      copy.textContent = script.textContent
      script.replaceWith(copy)
    }
  }, markup)

describe('the window is closed to everything but our own page', () => {
  test('its page runs isolated, sandboxed and without Node', async ({ world }) => {
    const netloom = await world.launch()
    const settings = await netloom.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0].webContents as Electron.WebContents & {
        getLastWebPreferences(): Electron.WebPreferences
      }
      const { contextIsolation, sandbox, nodeIntegration, webviewTag, webSecurity } =
        contents.getLastWebPreferences()
      return { contextIsolation, sandbox, nodeIntegration, webviewTag, webSecurity }
    })
    expect(settings).toEqual({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true
    })
    const globals = await netloom.page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter(
        (name) => name in globalThis
      )
    )
    expect(globals).toEqual([])
    expect(await netloom.page.evaluate(() => Object.keys(window.netloom).sort())).toEqual([
      'on',
      'portNonce',
      'request'
    ])
    expect(netloom.page.url()).toBe(`${ORIGIN}/index.html`)
  })

  test('inline scripts and eval do not run', async ({ world }) => {
    const netloom = await world.launch()
    await inject(
      netloom,
      '<script data-injected>window.stolen = 1</script><img src="x:" onerror="window.stolen = 2">'
    )
    await netloom.page.waitForTimeout(300)
    expect(await netloom.page.evaluate(() => 'stolen' in window)).toBe(false)
    const evaluated = await netloom.page.evaluate(
      () =>
        new Promise((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective), {
            once: true
          })
          const script = document.createElement('script')
          script.textContent = 'window.stolen = 3'
          document.head.append(script)
        })
    )
    expect(evaluated).toMatch(/^script-src/)
  })

  test('nothing is fetched from elsewhere', async ({ world }) => {
    const netloom = await world.launch()
    let asked = 0
    const server = createServer((_request, response) => {
      asked++
      response.setHeader('Access-Control-Allow-Origin', '*').end('data')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const outcome = await netloom.page.evaluate(async (url) => {
      const blocked = (load: Promise<unknown>) =>
        load.then(
          () => 'loaded',
          () => 'blocked'
        )
      const image = new Promise((resolve, reject) => {
        const element = new Image()
        element.onload = resolve
        element.onerror = reject
        element.src = url
      })
      const frame = new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => {
          if (event.violatedDirective === 'frame-src') resolve('blocked')
        })
        const element = document.createElement('iframe')
        element.src = url
        document.body.append(element)
        setTimeout(() => resolve('loaded'), 2000)
      })
      return [await blocked(fetch(url)), await blocked(image), await frame]
    }, address)
    server.close()
    expect(outcome).toEqual(['blocked', 'blocked', 'blocked'])
    expect(asked).toBe(0)
  })

  test('it does not navigate, open windows or get permissions', async ({ world }) => {
    const netloom = await world.launch()
    const { page, app } = netloom
    await page.evaluate(() => {
      location.href = 'https://example.com/'
    })
    await page.waitForTimeout(300)
    await page.evaluate(() => {
      const link = document.createElement('a')
      link.href = 'file:///etc/hostname'
      document.body.append(link)
      link.click()
    })
    await page.waitForTimeout(300)
    expect(page.url()).toBe(`${ORIGIN}/index.html`)
    expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true)
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
    const permissions = await page.evaluate(async () => {
      const refused = (work: Promise<unknown>) =>
        work.then(
          () => 'granted',
          () => 'refused'
        )
      return {
        notifications: await Notification.requestPermission(),
        media: await refused(navigator.mediaDevices.getUserMedia({ audio: true })),
        position: await refused(
          new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject))
        ),
        clipboard: await refused(navigator.clipboard.readText())
      }
    })
    expect(permissions).toEqual({
      notifications: 'denied',
      media: 'refused',
      position: 'refused',
      clipboard: 'refused'
    })
  })

  test('its scheme serves the page’s files only', async ({ world }) => {
    const { page } = await world.launch()
    const status = await page.evaluate(
      async (origin) =>
        Object.fromEntries(
          await Promise.all(
            [
              '/index.html',
              '/../main/index.cjs',
              '/%2e%2e/main/index.cjs',
              '/..%2f..%2fpackage.json',
              '/..%5c..%5cpackage.json',
              '/%',
              '/assets',
              '/missing.js'
            ].map(async (path) => [path, (await fetch(origin + path)).status] as const)
          )
        ),
      ORIGIN
    )
    expect(status).toEqual({
      '/index.html': 200,
      '/../main/index.cjs': 404,
      '/%2e%2e/main/index.cjs': 404,
      '/..%2f..%2fpackage.json': 404,
      '/..%5c..%5cpackage.json': 404,
      '/%': 404,
      '/assets': 404,
      '/missing.js': 404
    })
    const policy = await page.evaluate(async () =>
      (await fetch('/index.html')).headers.get('content-security-policy')
    )
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe-eval')
  })
})

describe('main answers our page only, and only what the contract allows', () => {
  test('names that are not in the contract are refused', async ({ world }) => {
    const { page } = await world.launch()
    const asked = await page.evaluate(() => {
      const request = window.netloom.request as unknown as (
        name: string,
        ...args: unknown[]
      ) => Promise<unknown>
      return request('files:read', '/etc/passwd').then(
        () => 'answered',
        (error: Error) => error.message
      )
    })
    expect(asked).toContain('There is no request named files:read')
    const listened = await page.evaluate(() => {
      const on = window.netloom.on as unknown as (name: string, listener: () => void) => void
      try {
        on('netloom:trainer-port', () => undefined)
        return 'listening'
      } catch (error) {
        return (error as Error).message
      }
    })
    expect(listened).toContain('There is no event named netloom:trainer-port')
  })

  test('arguments that do not fit are refused and logged', async ({ world }) => {
    const { page } = await world.launch()
    const outcomes = await page.evaluate(() => {
      const request = window.netloom.request as unknown as (
        name: string,
        ...args: unknown[]
      ) => Promise<unknown>
      const asked = (name: string, ...args: unknown[]) =>
        request(name, ...args).then(
          () => 'answered',
          () => 'refused'
        )
      return Promise.all([
        asked('settings:set', { theme: 'pink', classShapes: false, layout: {} }),
        asked('project:openRecent', '/etc/passwd'.repeat(100)),
        asked('project:openBytes', 'x', 'not bytes'),
        asked('trainer:start', { document: {}, files: {}, from: 'scratch', until: 'end' }),
        asked('window:title')
      ])
    })
    expect(outcomes).toEqual(['refused', 'refused', 'refused', 'refused', 'refused'])
  })

  test('another window and a frame in ours get no answer', async ({ world }) => {
    const netloom = await world.launch()
    // The same preload script and the same address, but not our window.
    const foreign = await netloom.app.evaluate(async ({ BrowserWindow }, path) => {
      const other = new BrowserWindow({ show: false, webPreferences: { preload: path, sandbox: true } })
      await other.loadURL('app://netloom/index.html')
      const answer = (await other.webContents.executeJavaScript(
        `netloom.request('app:info').then(() => 'answered', (error) => error.message)`
      )) as string
      other.destroy()
      return answer
    }, at('out/preload/index.cjs'))
    expect(foreign).toContain('Only the window of Netloom may ask for this')
    const frame = await netloom.page.evaluate(
      () =>
        new Promise((resolve) => {
          const element = document.createElement('iframe')
          element.addEventListener('load', () =>
            resolve('netloom' in (element.contentWindow ?? {}) ? 'bridge' : 'none')
          )
          element.src = 'about:blank'
          document.body.append(element)
        })
    )
    expect(frame).toBe('none')
  })
})
