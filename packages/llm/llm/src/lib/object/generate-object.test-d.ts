import { defineModel } from '@empire/model'
import * as z from 'zod'
import type { LanguageModel } from '../language-model.ts'
import { generateObject } from './generate-object.ts'
import { streamObject } from './stream-object.ts'

declare const model: LanguageModel
const request = { messages: [] }
const schema = z.object({
  at: z.date(),
  tags: z.array(z.object({ name: z.string() })),
  size: z.string().transform(Number),
})

export async function types(): Promise<void> {
  const { value } = await generateObject(model, request, schema)
  value satisfies { at: Date; tags: { name: string }[]; size: number }
  const Person = defineModel('Person', { name: z.string() })
  const person = await generateObject(model, request, Person)
  person.value.name satisfies string
  const document = await generateObject(model, request, { type: 'object' })
  // @ts-expect-error A document says nothing of types.
  document.value.name satisfies string
  for await (const part of streamObject(model, request, schema)) {
    if (part.type === 'object-partial') {
      part.value satisfies { readonly at?: Date; readonly tags?: readonly { readonly name?: string }[] }
      // @ts-expect-error It may not be there yet.
      part.value.size satisfies string
      // As the model writes it: only the whole is what the schema makes of it.
      part.value.size satisfies string | undefined
    } else if (part.type === 'object-end') part.value.size satisfies number
  }
}
