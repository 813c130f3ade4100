import * as fc from 'fast-check'
import type * as z from 'zod'
import { type CheckDefinition, checksOf, sizeOf } from './checks-of.ts'
import { formatArbitrary, type FormatDefinition } from './format-arbitrary.ts'

interface Format extends FormatDefinition {
  readonly prefix?: string
  readonly suffix?: string
  readonly includes?: string
}

/** Texts near to what a schema asks for; `undefined` if its pattern is beyond what can be read backwards. */
export function stringArbitrary(
  schema: z.core.$ZodString | z.core.$ZodTemplateLiteral,
): fc.Arbitrary<string> | undefined {
  const formats = formatsOf(schema)
  const special = formats.map((format) => formatArbitrary(format)).find((made) => made !== undefined)
  if (special !== undefined) return special
  const pattern = formats.find(isPattern)?.pattern ?? templateOf(schema)
  if (pattern !== undefined) return matching(pattern, schema)
  return assemble(formats, schema)
}

function formatsOf(schema: z.core.$ZodType): Format[] {
  return checksOf(schema).filter((check): check is CheckDefinition & Format => check.format !== undefined)
}

const assembled = new Set(['starts_with', 'ends_with', 'includes', 'lowercase', 'uppercase'])

function isPattern({ format, pattern }: Format): boolean {
  return pattern !== undefined && !assembled.has(format)
}

function templateOf(schema: z.core.$ZodType): RegExp | undefined {
  return schema._zod.def.type === 'template_literal' ? schema._zod.pattern : undefined
}

function matching(pattern: RegExp, schema: z.core.$ZodType): fc.Arbitrary<string> | undefined {
  const { minimum } = sizeOf(schema)
  try {
    // `g` and `y` say how to search, not what matches.
    const plain = new RegExp(pattern.source, pattern.flags.replaceAll(/[gy]/g, ''))
    return fc.stringMatching(plain, { size: minimum > 100 ? 'large' : minimum > 10 ? 'medium' : 'small' })
  } catch {
    return undefined
  }
}

/** Texts of free characters around the parts that must be there. */
function assemble(formats: readonly Format[], schema: z.core.$ZodType): fc.Arbitrary<string> {
  const prefix = formats.map((format) => format.prefix ?? '').reduce(longer, '')
  const suffix = formats.map((format) => format.suffix ?? '').reduce(longer, '')
  const inner = formats.map((format) => format.includes ?? '').filter((part) => !(prefix + suffix).includes(part))
  const fixed = prefix + inner.join('') + suffix
  const { minimum, maximum } = sizeOf(schema)
  const minLength = Math.max(0, minimum - [...fixed].length)
  const maxLength = maximum === undefined ? undefined : Math.max(minLength, maximum - [...fixed].length)
  const unit = fc.oneof(
    { weight: 5, arbitrary: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }) },
    fc.constantFrom('ß', 'é', '漢', '😀'),
  )
  const free = fc.string({ unit, minLength, ...(maxLength === undefined ? {} : { maxLength }) })
  const texts = free.map((text) => prefix + text + inner.join('') + suffix)
  const cases = new Set(formats.map(({ format }) => format))
  if (cases.has('lowercase')) return texts.map((text) => text.toLowerCase())
  return cases.has('uppercase') ? texts.map((text) => text.toUpperCase()) : texts
}

function longer(first: string, second: string): string {
  return second.length > first.length ? second : first
}
