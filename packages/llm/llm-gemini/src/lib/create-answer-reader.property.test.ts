import { collectResponse, ModelError, type ModelResponse, type StreamPart } from '@empire/llm'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAnswerReader } from './create-answer-reader.ts'
import { frameReader } from './gemini-frame.ts'

type Part = Readonly<Record<string, unknown>>

const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const signature = fc.constantFrom({}, {}, { thoughtSignature: 'c2ln' })
const part: fc.Arbitrary<Part> = fc.oneof(
  fc.tuple(text, signature).map(([said, proof]) => ({ text: said, ...proof })),
  fc.tuple(text, signature).map(([said, proof]) => ({ text: said, thought: true, ...proof })),
  fc
    .tuple(
      fc.constantFrom('a', 'b'),
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
      signature,
    )
    .map(([name, args, proof]) => ({ functionCall: { name, args }, ...proof })),
  fc.constant({ inlineData: { mimeType: 'image/png', data: 'aGk=' } }),
  fc.constant({ executableCode: { code: '1' } }),
)
/** Names that mean something in a frame. */
const names =
  'candidates content parts text functionCall name args usageMetadata error code groundingMetadata groundingSupports ' +
  'groundingChunks segment citationMetadata citations promptFeedback blockReason finishReason inlineData ' +
  'promptTokenCount __proto__ web'
const name = fc.constantFrom(...names.split(' '))
const usageMetadata = fc.record({ promptTokenCount: fc.nat(), candidatesTokenCount: fc.nat() })

/** An answer in frames, as often as there are lists of parts. */
async function read(
  frames: readonly Part[][],
  usage: object,
): Promise<{ parts: StreamPart[]; response: ModelResponse }> {
  let calls = 0
  const answer = createAnswerReader({ createId: () => `call_${calls++}` })
  const parts: StreamPart[] = []
  for (const [index, list] of frames.entries()) {
    const end = index === frames.length - 1 ? { finishReason: 'STOP' } : {}
    const frame = { candidates: [{ content: { parts: list }, ...end }], usageMetadata: usage }
    parts.push(...answer.read(frameReader.check(frame)))
  }
  parts.push(...answer.end())
  return {
    parts,
    response: await collectResponse(
      (async function* () {
        yield* parts
      })(),
    ),
  }
}

describe('createAnswerReader', () => {
  it('reads the same from an answer in pieces as from a whole one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 12 }), usageMetadata, async (list, usage) => {
        const whole = await read([list], usage)
        const pieces = await read(list.length === 0 ? [[]] : list.map((one) => [one]), usage)
        expect(pieces.response).toEqual(whole.response)
        const said = list.filter((one) => typeof one['text'] === 'string' && one['thought'] !== true)
        expect(whole.response.text).toBe(said.map((one) => String(one['text'])).join(''))
        expect(whole.response.toolCalls).toHaveLength(list.filter((one) => 'functionCall' in one).length)
      }),
    )
  })

  it('opens, fills and closes one block after the other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 12 }), usageMetadata, async (list, usage) => {
        let open: string | undefined
        const { parts } = await read([list], usage)
        for (const { type } of parts) {
          const match = /^(text|reasoning|tool-call)-(start|delta|end)$/.exec(type)
          if (match === null) continue
          const [, kind, moment] = match
          expect(open).toBe(moment === 'start' ? undefined : kind)
          if (moment === 'start') open = kind
          if (moment === 'end') open = undefined
        }
        expect(open).toBeUndefined()
        expect(parts.at(-1)?.type).toBe('finish')
      }),
    )
  })

  it('fails with a ModelError, or reads, whatever comes', () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        fc.constantFrom(null, true, 0, -1, 1.5, '', 'STOP'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.array(fc.tuple(name, tie('value')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
      ),
    }))
    fc.assert(
      fc.property(fc.array(value, { maxLength: 3 }), (frames) => {
        expect(outcomeOf(frames)).toMatch(/^(?:read|ModelError)$/)
      }),
    )
  })
})

function outcomeOf(frames: readonly unknown[]): string {
  const answer = createAnswerReader({ createId: () => 'call' })
  try {
    for (const frame of frames) answer.read(frameReader.check(frame))
    answer.end()
    return 'read'
  } catch (error) {
    return error instanceof ModelError ? 'ModelError' : String(error)
  }
}
