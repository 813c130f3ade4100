import { expectTypeOf } from 'vitest'
import type { Frozen, SettingAt, SettingPath } from './path-types.ts'

interface Settings {
  name: string
  database: { url: URL; pool?: { size: number }; hosts: string[] }
  models: Record<string, { price: number }>
}

expectTypeOf<'database.pool.size'>().toExtend<SettingPath<Settings>>()
expectTypeOf<''>().toExtend<SettingPath<Settings>>()
expectTypeOf<'models.small.price'>().toExtend<SettingPath<Settings>>()
expectTypeOf<'models["gpt-4.1"].price'>().toExtend<SettingPath<Settings>>()
expectTypeOf<'databse'>().not.toExtend<SettingPath<Settings>>()
expectTypeOf<'database.pool.sizes'>().not.toExtend<SettingPath<Settings>>()
expectTypeOf<'database.url.href'>().not.toExtend<SettingPath<Settings>>()
expectTypeOf<'database.hosts.length'>().not.toExtend<SettingPath<Settings>>()

expectTypeOf<SettingAt<Settings, ''>>().toEqualTypeOf<Settings>()
expectTypeOf<SettingAt<Settings, 'name'>>().toEqualTypeOf<string>()
expectTypeOf<SettingAt<Settings, 'database.url'>>().toEqualTypeOf<URL>()
expectTypeOf<SettingAt<Settings, 'database.pool.size'>>().toEqualTypeOf<number | undefined>()
expectTypeOf<SettingAt<Settings, 'models.small.price'>>().toEqualTypeOf<number>()
expectTypeOf<SettingAt<Settings, 'models["gpt-4.1"].price'>>().toEqualTypeOf<unknown>()

expectTypeOf<'any.path'>().toExtend<SettingPath<unknown>>()
expectTypeOf<SettingAt<unknown, 'any.path'>>().toEqualTypeOf<unknown>()

expectTypeOf<Frozen<unknown>>().toEqualTypeOf<unknown>()
expectTypeOf<Frozen<{ a: { b: string[] }; at: Date }>>().toEqualTypeOf<{
  readonly a: { readonly b: readonly string[] }
  readonly at: Date
}>()
expectTypeOf<Frozen<{ map: Map<string, { a: 1 }>; set: Set<{ a: 1 }> }>>().toEqualTypeOf<{
  readonly map: ReadonlyMap<string, { readonly a: 1 }>
  readonly set: ReadonlySet<{ readonly a: 1 }>
}>()
