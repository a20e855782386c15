import { protocol } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { errorCode } from '../files/atomic'
import { log } from '../log'
import { fileFor } from './address'

const types: { readonly [ending: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm'
}

/** What the page may load and do: its own files, and nothing from anywhere else. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // Svelte and the canvas set style attributes; style elements stay forbidden.
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'"
].join('; ')

/** Call before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }
  ])
}

/** Serves the page's files from this folder. */
export function serveScheme(folder: string): void {
  const root = resolve(folder)
  protocol.handle('app', async ({ url, method }) => {
    const file = method === 'GET' ? fileFor(root, url) : undefined
    const type = file && types[extname(file).toLowerCase()]
    if (!file || !type) return refused(url)
    try {
      return new Response(await readFile(file), {
        headers: {
          'Content-Type': type,
          'Content-Security-Policy': CONTENT_SECURITY_POLICY,
          'X-Content-Type-Options': 'nosniff',
          'Cache-Control': 'no-cache'
        }
      })
    } catch (error) {
      if (!['ENOENT', 'EISDIR', 'ENOTDIR'].includes(errorCode(error) ?? ''))
        log.error(`cannot serve ${url}`, error)
      return refused(url)
    }
  })
}

function refused(url: string): Response {
  log.error(`there is no ${url}`)
  return new Response('Not found', { status: 404, headers: { 'Content-Type': 'text/plain' } })
}
