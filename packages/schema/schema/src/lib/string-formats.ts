import * as z from 'zod'

/** The formats that texts are recognised by, the most special first. What plain words may look like is not among them. */
export const stringFormats: readonly z.ZodType[] = [
  z.uuid(),
  z.iso.datetime({ offset: true }),
  z.iso.date(),
  z.iso.time(),
  z.iso.duration(),
  z.email(),
  z.ipv4(),
  z.cidrv4(),
  z.httpUrl(),
  z.url(),
]
