import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { AppInfo } from '@core/ipc'
import { ifMissing } from './files/atomic'
import { log } from './log'

/** What the build leaves behind about itself; other versions of the build may say more or less. */
const buildSchema = z.object({
  version: z.string().optional(),
  electronStandIn: z.boolean().optional(),
  electronFrom: z.string().optional()
})

/** What About says. A build without its info file says less. */
export async function readAppInfo(buildInfo: string, version: string, smoke: boolean): Promise<AppInfo> {
  let build: z.infer<typeof buildSchema> = {}
  try {
    const text = await readFile(buildInfo, 'utf8').catch(ifMissing('{}'))
    build = buildSchema.parse(JSON.parse(text))
  } catch (error) {
    log.error(`${buildInfo} is unreadable`, error)
  }
  const { versions, platform, arch } = process
  return {
    version: build.version ?? version,
    electron: versions.electron ?? '',
    chromium: versions['chrome'] ?? '',
    node: versions.node,
    platform: `${platform} ${arch}`,
    standIn: build.electronStandIn ? (build.electronFrom ?? 'another distribution') : undefined,
    smoke
  }
}
