import { z } from 'zod'

/** How pictures of all sizes become examples of one. */
export const pictureSettingsSchema = z.strictObject({
  /** Pixels. */
  width: z.int().min(1).max(1024),
  height: z.int().min(1).max(1024),
  /** Cut off what stands out, add black bars, or pull it into shape. */
  fit: z.enum(['crop', 'pad', 'stretch']),
  colour: z.enum(['colour', 'grey'])
})
export type PictureSettings = z.infer<typeof pictureSettingsSchema>

/** Numbers of a pixel. */
export const channelsOf = ({ colour }: PictureSettings): 1 | 3 => (colour === 'grey' ? 1 : 3)
