import type { PageRuntime } from '../format'
import type { PageCargo } from './cargo'

/** Where the page's program finds what the page is about. */
export const CARGO_ID = 'netloom-cargo'

/** One file that a browser opens from anywhere, without a network: nothing but what stands in it may run or be loaded. */
export function pageHtml(cargo: PageCargo, { script, style, hashes }: PageRuntime): string {
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hashes.script}'`,
    `style-src 'sha256-${hashes.style}'`,
    "style-src-attr 'unsafe-inline'",
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'"
  ].join('; ')
  const title = escaped(cargo.title)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Netloom">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<div id="page"><noscript><h1>${title}</h1><p>This page runs a neural network, for which its browser has to run JavaScript.</p></noscript></div>
<script type="application/json" id="${CARGO_ID}">${JSON.stringify(cargo).replaceAll('<', '\\u003c')}</script>
<script>${script}</script>
</body>
</html>
`
}

/** Text as it stands in HTML, between tags or in quotes. */
export function escaped(text: string): string {
  const names: { readonly [character: string]: string } = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;'
  }
  return text.replace(/[&<>"]/g, (character) => names[character]!)
}
