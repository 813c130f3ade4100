import { createFrameReader, type FrameReader } from '@empire/llm/client'
import * as z from 'zod'
import { isFields } from './is-fields.ts'

const metadata = z.record(z.string(), z.unknown()).optional()
const delta = { id: z.string(), delta: z.string(), providerMetadata: metadata }
const edge = { id: z.string(), providerMetadata: metadata }
const citation = z.looseObject({
  source: z.unknown(),
  startIndex: z.number().optional(),
  endIndex: z.number().optional(),
  citedText: z.string().optional(),
})

/** The parts that are read, of versions 2 to 4 of the specification. Fields that are not named pass. */
const parts = {
  'stream-start': z.looseObject({ type: z.literal('stream-start'), warnings: z.array(z.unknown()) }),
  'response-metadata': z.looseObject({
    type: z.literal('response-metadata'),
    id: z.string().optional(),
    modelId: z.string().optional(),
  }),
  'text-start': z.looseObject({ type: z.literal('text-start'), ...edge }),
  'text-delta': z.looseObject({ type: z.literal('text-delta'), ...delta }),
  'text-end': z.looseObject({ type: z.literal('text-end'), ...edge, citations: z.array(citation).optional() }),
  'reasoning-start': z.looseObject({ type: z.literal('reasoning-start'), ...edge }),
  'reasoning-delta': z.looseObject({ type: z.literal('reasoning-delta'), ...delta }),
  'reasoning-end': z.looseObject({ type: z.literal('reasoning-end'), ...edge }),
  'tool-input-start': z.looseObject({
    type: z.literal('tool-input-start'),
    id: z.string(),
    toolName: z.string(),
    providerExecuted: z.boolean().optional(),
  }),
  'tool-input-delta': z.looseObject({ type: z.literal('tool-input-delta'), ...delta }),
  'tool-input-end': z.looseObject({ type: z.literal('tool-input-end'), ...edge }),
  'tool-call': z.looseObject({
    type: z.literal('tool-call'),
    toolCallId: z.string().min(1),
    toolName: z.string().min(1),
    input: z.string(),
    providerExecuted: z.boolean().optional(),
    providerMetadata: metadata,
  }),
  source: z.looseObject({ type: z.literal('source'), id: z.string() }),
  file: z.looseObject({ type: z.literal('file'), mediaType: z.string(), data: z.unknown() }),
  finish: z.looseObject({
    type: z.literal('finish'),
    finishReason: z.union([z.string(), z.looseObject({ unified: z.string() })]),
    usage: z.looseObject({}),
  }),
  ping: z.looseObject({ type: z.literal('ping') }),
  raw: z.looseObject({ type: z.literal('raw'), rawValue: z.unknown() }),
  error: z.looseObject({ type: z.literal('error'), error: z.unknown() }),
} as const

type KnownPart = { [Type in keyof typeof parts]: z.core.output<(typeof parts)[Type]> }[keyof typeof parts]

/** A part of the stream of a provider; one of any other type comes as it is. */
export type ProviderPart = KnownPart

/** Checks the parts of a stream. */
export interface ProviderPartReader {
  /** Throws a `ModelError` with `invalid_response`, the path and the redacted part for one of a wrong form. */
  check(part: unknown): ProviderPart
}

const named = z.looseObject({ type: z.string() })

/** @param vendor Who sent them, for the message. */
export function createProviderPartReader(vendor: string): ProviderPartReader {
  const readers = new Map<string, FrameReader<ProviderPart>>()
  return {
    check(part) {
      const type = isFields(part) ? part['type'] : undefined
      const isKnown = typeof type === 'string' && Object.hasOwn(parts, type)
      if (typeof type === 'string' && !isKnown) return part as ProviderPart
      const name = isKnown ? type : ''
      let reader = readers.get(name)
      if (reader === undefined) {
        const schema = isKnown ? parts[type as KnownPart['type']] : named
        readers.set(name, (reader = createFrameReader({ vendor, schema }) as FrameReader<ProviderPart>))
      }
      return reader.check(part)
    },
  }
}
