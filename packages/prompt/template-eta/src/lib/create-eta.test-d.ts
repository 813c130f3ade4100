import type { TemplateEngine } from '@empire/template'
import { expectTypeOf } from 'vitest'
import { createEta } from './create-eta.ts'

expectTypeOf(createEta({ trusted: true })).toEqualTypeOf<TemplateEngine>()

// @ts-expect-error -- trust has to be said
createEta({})
// @ts-expect-error -- and meant
createEta({ trusted: false })
