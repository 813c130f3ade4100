import { createFrameReader } from '@empire/llm/client'
import * as z from 'zod'

const vendor = 'Claude'
const count = z.int().min(0).nullish()
const index = z.int().min(0)
const text = z.string()
/** As it is: `z.record` leaves out `__proto__`, which is data here. */
const fields = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'expected an object',
)
const citation = z.looseObject({ type: text })

const usage = z.looseObject({
  input_tokens: count,
  output_tokens: count,
  output_tokens_details: z.looseObject({ thinking_tokens: count }).nullish(),
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
})

/** How an answer ends. */
const end = {
  stop_reason: text.nullish(),
  stop_sequence: text.nullish(),
  stop_details: z.looseObject({}).nullish(),
  container: z.looseObject({}).nullish(),
}

/** Any frame: what else it has to have depends on its type. */
const typed = z.looseObject({ type: text })

/** A reader for frames that start a block of one type. */
function startReader<Shape extends z.ZodRawShape>(shape: Shape) {
  return createFrameReader({ vendor, schema: z.looseObject({ index, content_block: z.looseObject(shape) }) })
}

/** A reader for frames with a delta of one type. */
function deltaReader<Shape extends z.ZodRawShape>(shape: Shape) {
  return createFrameReader({ vendor, schema: z.looseObject({ index, delta: z.looseObject(shape) }) })
}

/** What each frame of the Messages API has to be. Fields that are not listed pass. */
export const frameReaders = {
  object: createFrameReader({ vendor, schema: z.looseObject({}) }),
  frame: createFrameReader({ vendor, schema: typed }),
  /** A message that is not streamed. Its blocks are checked as frames. */
  message: createFrameReader({
    vendor,
    schema: z.looseObject({ model: text, content: z.array(typed), usage, ...end }),
  }),
  messageStart: createFrameReader({
    vendor,
    schema: z.looseObject({ message: z.looseObject({ model: text, usage }) }),
  }),
  messageDelta: createFrameReader({
    vendor,
    schema: z.looseObject({ delta: z.looseObject(end), usage: usage.nullish() }),
  }),
  blockStart: startReader({ type: text }),
  blockDelta: deltaReader({ type: text }),
  blockStop: createFrameReader({ vendor, schema: z.looseObject({ index }) }),
  textStart: startReader({ text, citations: z.array(citation).nullish() }),
  thinkingStart: startReader({ thinking: text, signature: text.nullish() }),
  toolStart: startReader({ id: text, name: text, input: fields.nullish() }),
  textDelta: deltaReader({ text }),
  citationDelta: deltaReader({ citation }),
  thinkingDelta: deltaReader({ thinking: text }),
  signatureDelta: deltaReader({ signature: text }),
  jsonDelta: deltaReader({ partial_json: text }),
}

/** A frame of any type. */
export type Typed = ReturnType<typeof frameReaders.frame.check>

/** The start of a block of any type. */
export type BlockStart = ReturnType<typeof frameReaders.blockStart.check>

/** A delta of any type. */
export type BlockDelta = ReturnType<typeof frameReaders.blockDelta.check>
