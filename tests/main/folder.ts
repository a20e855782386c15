import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from 'vitest'

/** `test` with an empty folder that is gone afterwards. */
export const test = base.extend<{ folder: string }>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'netloom-main-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  }
})
