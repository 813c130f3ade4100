import type { StandardSchemaV1 } from '@standard-schema/spec'
import { z } from 'zod'
import { computed } from './computed.ts'
import { defineGenericModel } from './define-generic-model.ts'
import { defineModel } from './define-model.ts'
import { defineRootModel } from './define-root-model.ts'
import { defineUnion } from './define-union.ts'
import { field } from './field.ts'

/** Exactly the same type. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
function expectType<_Holds extends true>(): void {}

const User = defineModel(
  'User',
  {
    name: z.string(),
    age: z.number().optional(),
    roles: field(z.array(z.string()), { default: [], alias: 'r' }),
    length: field(z.string().transform(Number), { check: (value) => value > 0 }),
  },
  { computed: { label: computed(z.string(), (user: { readonly name: string }) => user.name) } },
)

type Instance = StandardSchemaV1.InferOutput<typeof User>
expectType<
  Same<
    Instance,
    {
      readonly name: string
      readonly roles: string[]
      readonly length: number
      readonly age?: number | undefined
      readonly label: string
    }
  >
>()
User.create({ name: 'a', length: '1' })
// @ts-expect-error: a field is missing.
User.create({ name: 'a' })
// @ts-expect-error: a field is of another type.
User.create({ name: 1, length: '1' })
// @ts-expect-error: an instance does not change.
User.create({ name: 'a', length: '1' }).name = 'b'
User.update(User.create({ name: 'a', length: '1' }), { roles: ['x'] })
// @ts-expect-error: there is no such field.
User.update(User.create({ name: 'a', length: '1' }), { rolls: ['x'] })

// Checks see the checked fields.
defineModel('Range', { from: z.string().transform(Number), to: z.number() }, { checks: [({ from, to }) => from < to] })

const Cat = defineModel('Cat', { kind: z.literal('cat') })
const Dog = defineModel('Dog', { kind: z.literal('dog'), owner: User })
const Pet = defineUnion('Pet', 'kind', [Cat, Dog])
const pet = Pet.parse({})
if (pet.kind === 'dog') expectType<Same<typeof pet.owner, Instance>>()

expectType<Same<ReturnType<ReturnType<typeof root>['parse']>, string[]>>()
function root() {
  return defineRootModel('Tags', z.array(z.string()))
}

const Page = defineGenericModel(<Item extends z.ZodType>(item: Item) => defineModel('Page', { items: z.array(item) }))
expectType<Same<ReturnType<ReturnType<typeof numbers>['parse']>['items'], number[]>>()
function numbers() {
  return Page(z.number())
}
