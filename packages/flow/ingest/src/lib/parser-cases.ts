import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import type { ContractCase } from './contract-case.ts'
import iconv from 'iconv-lite'
import type { DocumentPart } from './document.ts'
import { IngestError } from './ingest-error.ts'
import { createLocator } from './locator.ts'
import type { Parser, ParserContent } from './parser.ts'

/** A content that a parser reads. */
export interface ParserSample {
  /** With parameters, if there are any. */
  readonly mediaType: string
  readonly bytes: Uint8Array
  /** Texts that come in this order in what is read. */
  readonly texts: readonly string[]
  /** Whether the text of each block stands in the content as it is: then its bytes are checked. Default: `false`. */
  readonly verbatim?: boolean | undefined
}

/** What is tried. */
export interface ParserCasesOptions {
  readonly parser: Parser
  /** At least one. */
  readonly samples: readonly ParserSample[]
  /** Contents that are refused, and the codes of the errors. */
  readonly refused?: readonly { readonly bytes: Uint8Array; readonly code: string }[] | undefined
}

const item = { id: 'sample', path: 'docs/sample' }

async function partsOf(parser: Parser, content: ParserContent, signal?: AbortSignal): Promise<DocumentPart[]> {
  const parts: DocumentPart[] = []
  for await (const part of parser.parse(item, content, { signal })) parts.push(part)
  return parts
}

async function* piecesOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size)
}

/** The text of all blocks of some parts: pieces may be cut elsewhere, as a stream is. */
function contentOf(parts: readonly DocumentPart[]): string {
  return parts.flatMap(({ text, blocks }) => blocks.map(({ start, end }) => text.slice(start, end))).join('\n')
}

function checkVerbatim(part: DocumentPart, bytes: Uint8Array): void {
  const locator = createLocator(part)
  for (const { start, end } of part.blocks) {
    const [from, to] = [locator.start(start).byte, locator.end(end).byte]
    const decoded = iconv.decode(Buffer.from(bytes.subarray(from, to)), part.encoding ?? 'utf-8', { stripBOM: false })
    equal(decoded.toWellFormed(), part.text.slice(start, end), 'bytes that decode to the text')
  }
}

function checkPart({ text, blocks, anchors }: DocumentPart, size: number): void {
  equal(text, text.toWellFormed(), 'a text without lone surrogates')
  let end = 0
  for (const block of blocks) {
    ok(block.start >= end && block.end >= block.start && block.end <= text.length, 'blocks in order, inside the text')
    ok(text.slice(block.start, block.end).trim() !== '', 'blocks that are not blank')
    end = block.end
    if (block.kind === 'heading') ok(block.level >= 1 && block.level <= 6 && block.title.length <= 200)
    else ok(['text', 'code', 'table'].includes(block.kind))
  }
  equal(anchors[0]?.offset, 0, 'a first anchor at 0')
  for (const [index, { offset, line, byte }] of anchors.entries()) {
    const before = anchors[index - 1] ?? { offset: -1, line: 1, byte: 0 }
    ok(offset > before.offset && offset <= text.length, 'anchors by ascending offset')
    ok(line >= before.line && byte >= before.byte, 'places that do not go back')
    ok(byte <= Math.max(size, Buffer.byteLength(text)), 'places inside the content')
  }
}

const isIngestError = (error: unknown): boolean => error instanceof IngestError

/** The promises of the parser contract, as cases for any test runner. */
export function parserCases({ parser, samples, refused = [] }: ParserCasesOptions): ContractCase[] {
  const [first] = samples
  if (first === undefined) throw new TypeError('Expected "samples" to have at least one sample, got none.')
  const withSamples = (name: string, run: (sample: ParserSample) => Promise<void>): ContractCase => ({
    name,
    async run() {
      for (const sample of samples) await run(sample)
    },
  })

  return [
    {
      name: 'names its media types in lower case, and itself in one line',
      async run() {
        ok(parser.mediaTypes.length > 0)
        for (const type of parser.mediaTypes) ok(/^[a-z0-9.+-]+\/(?:[a-z0-9.+-]+|\*)$/.test(type), type)
        ok(/^[^\s/]+\/[^\n]+$/.test(parser.fingerprint), parser.fingerprint)
      },
    },

    withSamples(
      'gives parts that are complete in themselves, and plain data',
      async ({ mediaType, bytes, texts, verbatim = false }) => {
        const parts = await partsOf(parser, { mediaType, bytes })
        ok(parts.length > 0)
        for (const part of parts) {
          checkPart(part, bytes.length)
          if (verbatim) checkVerbatim(part, bytes)
          deepEqual(JSON.parse(JSON.stringify(part)), JSON.parse(JSON.stringify(structuredClone(part))))
        }
        const content = contentOf(parts)
        let at = 0
        for (const text of texts) {
          const found = content.indexOf(text, at)
          ok(found >= 0, `${JSON.stringify(text)} in its place`)
          at = found + text.length
        }
      },
    ),

    withSamples('reads a stream as it reads all bytes at once', async ({ mediaType, bytes }) => {
      const whole = await partsOf(parser, { mediaType, bytes })
      for (const size of [1, 7, 64 * 1024]) {
        deepEqual(await partsOf(parser, { mediaType, bytes: piecesOf(bytes, size) }), whole)
      }
    }),

    withSamples('leaves the bytes as they are', async ({ mediaType, bytes }) => {
      const before = bytes.slice()
      await partsOf(parser, { mediaType, bytes })
      deepEqual(bytes, before)
    }),

    withSamples('reads a part of a larger buffer', async ({ mediaType, bytes }) => {
      const larger = new Uint8Array(bytes.length + 2).fill(0x3f)
      larger.set(bytes, 1)
      const part = larger.subarray(1, -1)
      deepEqual(await partsOf(parser, { mediaType, bytes: part }), await partsOf(parser, { mediaType, bytes }))
    }),

    {
      name: 'gives no part of nothing, or says that it is empty',
      async run() {
        try {
          deepEqual(await partsOf(parser, { mediaType: first.mediaType, bytes: new Uint8Array() }), [])
        } catch (error) {
          ok(isIngestError(error))
          equal((error as IngestError).code, 'empty')
        }
      },
    },

    withSamples('throws IngestError or reads on, whatever is broken', async ({ mediaType, bytes }) => {
      for (let time = 0; time < 8; time++) {
        const broken = bytes.slice(0, time < 4 ? Math.floor((bytes.length * (time + 1)) / 5) : undefined)
        if (time >= 4 && broken.length > 0) broken[Math.floor((broken.length * (time - 4)) / 4)]! ^= 0xff
        try {
          for (const part of await partsOf(parser, { mediaType, bytes: broken })) checkPart(part, broken.length)
        } catch (error) {
          ok(isIngestError(error), `an IngestError, not ${String(error)}`)
          ok((error as IngestError).message.startsWith(`${item.path}: `))
        }
      }
    }),

    {
      name: 'lets an error of the bytes pass untouched',
      async run() {
        const failure = new Error('the connection broke')
        async function* failing(): AsyncGenerator<Uint8Array, void, undefined> {
          yield first!.bytes.slice(0, 3)
          throw failure
        }
        await rejects(partsOf(parser, { mediaType: first.mediaType, bytes: failing() }), (error) => error === failure)
      },
    },

    {
      name: 'throws the reason of a signal',
      async run() {
        const reason = new Error('enough')
        const content = { mediaType: first.mediaType, bytes: first.bytes }
        await rejects(partsOf(parser, content, AbortSignal.abort(reason)), (error) => error === reason)
        const controller = new AbortController()
        async function* aborting(): AsyncGenerator<Uint8Array, void, undefined> {
          yield first!.bytes.slice(0, 1)
          controller.abort(reason)
          yield first!.bytes.slice(1)
        }
        const stream = { mediaType: first.mediaType, bytes: aborting() }
        await rejects(partsOf(parser, stream, controller.signal), (error) => error === reason)
      },
    },

    {
      name: 'closes a stream that it leaves, and may be left itself',
      async run() {
        let closed = false
        async function* closing(): AsyncGenerator<Uint8Array, void, undefined> {
          try {
            yield* piecesOf(first!.bytes, 16)
          } finally {
            closed = true
          }
        }
        for await (const { text } of parser.parse(item, { mediaType: first.mediaType, bytes: closing() })) {
          if (text !== '') break
        }
        equal(closed, true)
      },
    },

    {
      name: 'refuses what it cannot read with a code',
      async run() {
        for (const { bytes, code } of refused) {
          await rejects(partsOf(parser, { mediaType: first.mediaType, bytes }), (error) => {
            ok(isIngestError(error), `an IngestError, not ${String(error)}`)
            equal((error as IngestError).code, code)
            return true
          })
        }
      },
    },
  ]
}
