import { type Bus, createBus } from '@empire/bus'
import { expectTypeOf } from 'vitest'
import { z } from 'zod'
import type { Config } from './config.ts'
import type { ConfigEvents } from './config-options.ts'
import { createConfig } from './create-config.ts'
import { defineSection } from './section.ts'

const server = defineSection('server', z.object({ port: z.int(), tags: z.array(z.string()) }))
const database = defineSection('database', z.object({ pool: z.object({ size: z.int() }).optional() }))

async function joined() {
  return await createConfig({ sections: [server, database], sources: [] })
}
type Joined = Awaited<ReturnType<typeof joined>>
declare const config: Joined

expectTypeOf<ReturnType<Joined['get']>>().toEqualTypeOf<{
  readonly server: { readonly port: number; readonly tags: readonly string[] }
  readonly database: { readonly pool?: { readonly size: number } | undefined }
}>()

config.subscribe('server.port', ({ before, after, version }) => {
  expectTypeOf(before).toEqualTypeOf<number>()
  expectTypeOf(after).toEqualTypeOf<number>()
  expectTypeOf(version).toEqualTypeOf<number>()
})
config.subscribe('database.pool.size', ({ after }) => {
  expectTypeOf(after).toEqualTypeOf<number | undefined>()
})
config.subscribe('', async ({ after }) => {
  expectTypeOf(after.server.port).toEqualTypeOf<number>()
})
// @ts-expect-error -- no such setting
config.subscribe('server.prot', () => {})
// @ts-expect-error -- frozen
config.get().server.port = 3

async function whole() {
  return await createConfig({ schema: z.object({ port: z.string().transform(Number) }), sources: [] })
}
expectTypeOf<Awaited<ReturnType<typeof whole>>>().toEqualTypeOf<Config<{ readonly port: number }>>()

declare const loose: Bus
declare const carrying: Bus<ConfigEvents & { 'app:stopped': null }>
declare const other: Bus<{ 'app:stopped': null }>
void createConfig({ sections: [], sources: [], bus: loose })
void createConfig({ sections: [], sources: [], bus: carrying })
void createConfig({ sections: [], sources: [], bus: createBus() })
// @ts-expect-error -- a bus that does not carry what configs tell each other
void createConfig({ sections: [], sources: [], bus: other })
