import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { compile } from './compile.ts'
import { type ItemVerdict, validateStream, type ValidateStreamOptions } from './validate-stream.ts'

const user = z.object({ id: z.number() })

async function all<Output>(stream: AsyncIterable<ItemVerdict<Output>>): Promise<ItemVerdict<Output>[]> {
  const items: ItemVerdict<Output>[] = []
  for await (const item of stream) items.push(item)
  return items
}

/** What came before the stream failed, and the message of the error. */
async function untilFailure(stream: AsyncIterable<ItemVerdict>): Promise<[indexes: number[], message: string]> {
  const indexes: number[] = []
  try {
    for await (const item of stream) indexes.push(item.index)
  } catch (error) {
    return [indexes, error instanceof Error ? `${error.name}: ${error.message}` : String(error)]
  }
  return [indexes, '']
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The text in pieces of bytes or characters. */
function* pieces(whole: string | Uint8Array, size: number): Generator<string | Uint8Array> {
  for (let at = 0; at < whole.length; at += size) yield whole.slice(at, at + size)
}

describe('validateStream, of values', () => {
  it('gives a verdict for each', async () => {
    await expect(all(validateStream(user, [{ id: 1, more: 2 }, { id: 'x' }, 3]))).resolves.toEqual([
      { ok: true, value: { id: 1 }, index: 0, offset: undefined },
      { ok: false, index: 1, offset: undefined, issues: [expect.objectContaining({ path: ['id'] })] },
      { ok: false, index: 2, offset: undefined, issues: [expect.objectContaining({ path: [] })] },
    ])
  })

  it('takes values that are text, when told so', async () => {
    const stream = validateStream(z.string().max(1), ['a', 'bb'], { format: 'values' })
    expect((await all(stream)).map(({ ok }) => ok)).toEqual([true, false])
  })

  it('waits for schemas that wait', async () => {
    const free = z.string().refine(async (name) => name !== 'taken')
    const stream = validateStream(free, ['a', 'taken', 'b'], { format: 'values' })
    expect((await all(stream)).map(({ ok }) => ok)).toEqual([true, false, true])
  })

  it('takes what is compiled, in whichever language', async () => {
    expect(await all(validateStream(compile(user), [{ id: 1 }]))).toMatchObject([{ ok: true }])
    const wrapping = { check: (value: unknown) => ({ ok: true as const, value: [value] }) }
    expect(await all(validateStream(wrapping, [1]))).toEqual([{ ok: true, value: [1], index: 0, offset: undefined }])
  })

  it('reads no further than it is asked', async () => {
    const read: number[] = []
    async function* source() {
      for (let id = 0; ; id++) {
        read.push(id)
        yield { id }
      }
    }
    const stream = validateStream(user, source())
    await stream.next()
    await stream.next()
    expect(read).toEqual([0, 1])
    await stream.return()
  })

  it('passes on what a check or the source throws', async () => {
    const failure = new Error('no more')
    const thrower = z.unknown().transform(() => {
      throw failure
    })
    await expect(all(validateStream(thrower, [1]))).rejects.toBe(failure)
    async function* source() {
      yield { id: 1 }
      throw failure
    }
    await expect(all(validateStream(user, source()))).rejects.toBe(failure)
  })

  it('refuses a value that is too deep for the schema, and goes on', async () => {
    const tree: z.ZodType = z.lazy(() => z.array(tree))
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect(await all(validateStream(tree, [`${deep}\n[]\n`]))).toEqual([
      {
        ok: false,
        index: 0,
        offset: 0,
        issues: [
          {
            code: 'too_deep',
            path: [],
            message: 'Invalid input: expected a value that is less deeply nested, received one that cannot be checked',
          },
        ],
      },
      { ok: true, value: [], index: 1, offset: 200_001 },
    ])
  })
})

describe('validateStream, of lines of JSON', () => {
  const text = '\uFEFF{"id":1}\r\n\n  \t\n{"id":"ü😀"}\n{"id":\n"x"\n{"id":2}'

  it('tells which item, and at which byte', async () => {
    await expect(all(validateStream(user, [text]))).resolves.toEqual([
      { ok: true, value: { id: 1 }, index: 0, offset: 3 },
      { ok: false, index: 1, offset: 18, issues: [expect.objectContaining({ code: 'invalid_type', path: ['id'] })] },
      {
        ok: false,
        index: 2,
        offset: 34,
        issues: [
          {
            code: 'invalid_json',
            path: [],
            message: 'Invalid JSON: expected a JSON value at byte 6, received the end of the text',
          },
        ],
      },
      { ok: false, index: 3, offset: 41, issues: [expect.objectContaining({ code: 'invalid_type', path: [] })] },
      { ok: true, value: { id: 2 }, index: 4, offset: 45 },
    ])
  })

  it('does so for any chunking of characters and bytes', async () => {
    const expected = await all(validateStream(user, [text]))
    for (const size of [1, 2, 3, 5, 7]) {
      expect(await all(validateStream(user, pieces(text, size)))).toEqual(expected)
      expect(await all(validateStream(user, pieces(bytesOf(text), size)))).toEqual(expected)
    }
    expect(await all(validateStream(user, text))).toEqual(expected)
    expect(await all(validateStream(user, bytesOf(text)))).toEqual(expected)
    expect(await all(validateStream(user, new Blob([text]).stream()))).toEqual(expected)
  })

  it('reads back what was written', async () => {
    const texts = fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '\r', 'ü', '漢', '😀', '\u2028') })
    const values = fc.array(fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.record({ texts })), { maxLength: 5 })
    const ends = fc.constantFrom('\n', '\r\n', '\n\n')
    await fc.assert(
      fc.asyncProperty(values, ends, fc.integer({ min: 1, max: 9 }), fc.boolean(), async (lines, end, size, last) => {
        const bytes = bytesOf(lines.map((line) => JSON.stringify(line)).join(end) + (last ? end : ''))
        const read = await all(validateStream(z.unknown(), pieces(bytes, size), { format: 'ndjson' }))
        expect(read.map((item) => item.ok && item.value)).toEqual(lines.map((line) => JSON.parse(JSON.stringify(line))))
        for (const { offset = 0, index } of read) {
          const line = new TextDecoder().decode(bytes.subarray(offset)).split(/\r?\n/)[0]
          expect(line).toBe(JSON.stringify(lines[index]))
        }
      }),
      { numRuns: 50 },
    )
  })

  it('may reuse the memory of its pieces', async () => {
    const buffer = new Uint8Array(4)
    async function* source() {
      for (const piece of pieces(bytesOf('{"id":1234}\n{"id":5}\n'), 4)) {
        buffer.fill(32)
        buffer.set(piece as Uint8Array)
        yield buffer
      }
    }
    expect(await all(validateStream(user, source()))).toMatchObject([{ value: { id: 1234 } }, { value: { id: 5 } }])
  })

  it('says what is wrong without quoting the line', async () => {
    const lines = [
      `{"password": "hunter2", }`,
      '[1 2]',
      `'a'`,
      'NaN',
      '{"a":1}{',
      `{"a":sk-ant-api03-${'aB3'.repeat(31)}}`,
    ]
    const messages = (await all(validateStream(z.unknown(), lines.join('\n')))).map((item) =>
      item.ok ? 'ok' : item.issues[0]?.message,
    )
    expect(messages).toEqual([
      'Invalid JSON: expected a key in double quotes at byte 24, received "}"',
      'Invalid JSON: expected "," or "]" at byte 3, received "2"',
      `Invalid JSON: expected a JSON value at byte 0, received "'"`,
      'Invalid JSON: expected a JSON value at byte 0, received "N"',
      'Invalid JSON: expected the end of the text at byte 7, received "{"',
      'Invalid JSON: expected a JSON value at byte 5, received "s"',
    ])
  })

  it('refuses a line that is no UTF-8, and goes on', async () => {
    const source = [bytesOf('"a'), new Uint8Array([0xff]), bytesOf('"\n"b"\n')]
    expect(await all(validateStream(z.string(), source))).toEqual([
      {
        ok: false,
        index: 0,
        offset: 0,
        issues: [{ code: 'invalid_json', path: [], message: 'Invalid JSON: expected UTF-8, received other bytes' }],
      },
      { ok: true, value: 'b', index: 1, offset: 5 },
    ])
  })

  it('refuses a line that is too long, and goes on', async () => {
    const source = ['{"id":1}\n', ...Array.from({ length: 100 }, () => ' '.repeat(100)), '\n{"id":2}\n{"id":333333}\n']
    const verdicts = await all(validateStream(user, source, { maxItemBytes: 8 }))
    const message = 'Too big: expected a line of at most 8 bytes'
    const issue = { code: 'too_big', path: [], message, origin: 'line', maximum: 8, inclusive: true }
    expect(verdicts).toEqual([
      { ok: true, value: { id: 1 }, index: 0, offset: 0 },
      { ok: false, issues: [issue], index: 1, offset: 9 },
      { ok: true, value: { id: 2 }, index: 2, offset: 10_010 },
      { ok: false, issues: [issue], index: 3, offset: 10_019 },
    ])
  })

  it('does not let a line change what objects inherit', async () => {
    const line = '{"__proto__":{"id":1},"id":2}'
    expect(await all(validateStream(user, line))).toMatchObject([{ ok: true, value: { id: 2 } }])
    expect(({} as { id?: number }).id).toBeUndefined()
  })

  it('gives nothing for nothing', async () => {
    for (const source of ['', [], ['', '\n'], bytesOf('')]) {
      expect(await all(validateStream(user, source, { format: 'ndjson' }))).toEqual([])
    }
    expect(await all(validateStream(user, []))).toEqual([])
  })
})

describe('validateStream, of the elements of an array', () => {
  const options: ValidateStreamOptions = { format: 'json-array' }
  const text = '\uFEFF [\n {"id":1},{"id":"ü😀"}\t, [2],{"id":3,"more":[{"id":4}]} ]\n '

  it('tells which element, and at which byte, for any chunking', async () => {
    const expected = [
      { ok: true, value: { id: 1 }, index: 0, offset: 7 },
      { ok: false, index: 1, offset: 16, issues: [expect.objectContaining({ code: 'invalid_type', path: ['id'] })] },
      { ok: false, index: 2, offset: 34, issues: [expect.objectContaining({ code: 'invalid_type', path: [] })] },
      { ok: true, value: { id: 3 }, index: 3, offset: 38 },
    ]
    expect(await all(validateStream(user, text, options))).toEqual(expected)
    for (const size of [1, 2, 3, 5, 7, 11]) {
      expect(await all(validateStream(user, pieces(text, size), options))).toEqual(expected)
      expect(await all(validateStream(user, pieces(bytesOf(text), size), options))).toEqual(expected)
    }
  })

  it('reads what JSON.parse reads', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue({ maxDepth: 2 })),
        fc.integer({ min: 1, max: 9 }),
        async (values, size) => {
          const written = JSON.stringify(values, undefined, size % 3)
          const read = await all(validateStream(z.unknown(), pieces(bytesOf(written), size), options))
          expect(read.map((item) => item.ok && item.value)).toEqual(JSON.parse(written))
        },
      ),
      { numRuns: 50 },
    )
  })

  it.each([
    ['', [], 'Expected an array at byte 0 of a JSON array, received the end of the text.'],
    [' ', [], 'Expected an array at byte 1 of a JSON array, received the end of the text.'],
    ['{"a":[1]}', [], 'Expected an array at byte 0 of a JSON array, received "{".'],
    ['[1,2', [0], 'at byte 4 of a JSON array, received the end of the text.'],
    ['[1,\n"ü" "b"]', [0, 1], 'at byte 9 of a JSON array, received "\\"".'],
    ['[1] [2]', [0], 'at byte 4 of a JSON array, received "[".'],
    ['["a",]', [0], 'at byte 5 of a JSON array, received "]".'],
  ])('says where %j is no array, after the items before', async (source, indexes, message) => {
    for (const size of [1, 100]) {
      const [came, said] = await untilFailure(validateStream(z.unknown(), pieces(bytesOf(source), size), options))
      expect(came).toEqual(indexes)
      expect(said).toContain(message)
    }
  })

  it('words an error whole', async () => {
    const [, message] = await untilFailure(validateStream(z.unknown(), '[1 2]', options))
    expect(message).toBe(
      'InvalidJsonStreamError: Expected "," or "]" at byte 3 of a JSON array, received "2". Items before that were read; correct the source, or use the format "ndjson" for lines.',
    )
  })

  it('says where it is no UTF-8', async () => {
    const source = [bytesOf('["ü",'), bytesOf('"abc'), new Uint8Array([0xc3, 0x28]), bytesOf('"]')]
    const [came, message] = await untilFailure(validateStream(z.unknown(), source, options))
    expect(came).toEqual([0])
    expect(message).toContain('Expected UTF-8 at byte 11 of a JSON array, received other bytes.')
  })

  it.each([1, 3, 1000])('refuses an element that is too long, in pieces of %d', async (size) => {
    const source = pieces(`[1,     "1234567890", "${'x'.repeat(100)}"]`, size)
    const [came, message] = await untilFailure(validateStream(z.unknown(), source, { ...options, maxItemBytes: 12 }))
    expect(came).toEqual([0, 1])
    expect(message).toContain(
      'Expected an element of at most 12 bytes at byte 22 of a JSON array, received a longer one.',
    )
  })
})

describe('validateStream, on invalid items', () => {
  const source = [{ id: 1 }, { id: 'x' }, { id: 2 }, { id: 'y' }]

  it('stops at the first, when told so', async () => {
    await expect(untilFailure(validateStream(user, source, { onInvalid: 'stop' }))).resolves.toEqual([
      [0],
      'InvalidItemError: Item 1 is invalid:\n- id: Invalid input: expected number, received string',
    ])
    await expect(untilFailure(validateStream(user, '{"id":1}\n{"id":"x"}', { onInvalid: 'stop' }))).resolves.toEqual([
      [0],
      'InvalidItemError: Item 1 (byte 9) is invalid:\n- id: Invalid input: expected number, received string',
    ])
    await expect(all(validateStream(user, source, { onInvalid: 'stop' }))).rejects.toMatchObject({
      code: 'invalid_item',
      index: 1,
      offset: undefined,
      issues: [{ path: ['id'] }],
      details: { index: 1 },
    })
  })

  it('gives them all up to a cap', async () => {
    await expect(untilFailure(validateStream(user, source, { maxInvalid: 1 }))).resolves.toEqual([
      [0, 1, 2],
      'TooManyInvalidItemsError: At most 1 items may be invalid, but item 3 is one more. Raise "maxInvalid", or look whether the schema fits the source.',
    ])
    await expect(untilFailure(validateStream(user, source, { maxInvalid: 2 }))).resolves.toEqual([[0, 1, 2, 3], ''])
  })
})

/** A source without an end, which logs that it was closed. */
function openSource() {
  const log: string[] = []
  return {
    log,
    [Symbol.asyncIterator]: () => ({
      next: async () => ({ done: false, value: { id: log.length } }),
      return: async () => {
        log.push('closed')
        return { done: true, value: undefined }
      },
    }),
  }
}

describe('validateStream, when it is stopped', () => {
  it('closes the source when the reader leaves', async () => {
    const source = openSource()
    for await (const item of validateStream(user, source)) if (item.ok) break
    expect(source.log).toEqual(['closed'])
  })

  it('closes the source when it fails', async () => {
    const source = openSource()
    await expect(all(validateStream(z.string(), source, { onInvalid: 'stop' }))).rejects.toThrow('Item 0')
    expect(source.log).toEqual(['closed'])
  })

  it('cancels a ReadableStream', async () => {
    let reason: unknown = 'not cancelled'
    const source = new ReadableStream<string>({
      pull: (controller) => controller.enqueue('{"id":1}\n'),
      cancel: (given) => void (reason = given),
    })
    for await (const item of validateStream(user, source)) if (item.ok) break
    expect(reason).toBeUndefined()
  })

  it('does not touch the source when the signal has aborted', async () => {
    const source = openSource()
    const stream = validateStream(user, source, { signal: AbortSignal.abort('late') })
    await expect(all(stream)).rejects.toBe('late')
    expect(source.log).toEqual([])
  })

  it('ends with the reason of the signal while it waits, and closes the source', async () => {
    const controller = new AbortController()
    const reason = new Error('the user left')
    const log: string[] = []
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<never>(() => {}),
        return: async () => {
          log.push('closed')
          throw new Error('closing failed')
        },
      }),
    }
    const reading = all(validateStream(user, source, { signal: controller.signal }))
    controller.abort(reason)
    await expect(reading).rejects.toBe(reason)
    expect(log).toEqual(['closed'])
  })

  it('ends with the reason of the signal while a check waits, and closes the source', async () => {
    const controller = new AbortController()
    const reason = new Error('the user left')
    const source = openSource()
    const stuck = z.unknown().refine(() => new Promise<never>(() => {}))
    const reading = all(validateStream(stuck, source, { signal: controller.signal }))
    setImmediate(() => controller.abort(reason))
    await expect(reading).rejects.toBe(reason)
    expect(source.log).toEqual(['closed'])
  })

  it('ends with the reason of the signal between two items of one piece', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const seen: number[] = []
    const reading = (async () => {
      for await (const item of validateStream(user, '{"id":1}\n{"id":2}\n', { signal: controller.signal })) {
        seen.push(item.index)
        controller.abort(reason)
      }
    })()
    await expect(reading).rejects.toBe(reason)
    expect(seen).toEqual([0])
  })

  it('leaves no listener behind', async () => {
    let listeners = 0
    const { signal } = new AbortController()
    const add = signal.addEventListener.bind(signal)
    const remove = signal.removeEventListener.bind(signal)
    signal.addEventListener = ((...args: Parameters<typeof add>) => {
      listeners++
      add(...args)
    }) as typeof add
    signal.removeEventListener = ((...args: Parameters<typeof remove>) => {
      listeners--
      remove(...args)
    }) as typeof remove
    const source = new ReadableStream({
      start(stream) {
        stream.enqueue({ id: 1 })
        stream.enqueue({ id: 2 })
        stream.close()
      },
    })
    expect(await all(validateStream(user, source, { signal }))).toHaveLength(2)
    expect(listeners).toBe(0)
  })
})

describe('validateStream, called wrongly', () => {
  it.each([
    [() => validateStream(3 as never, []), '"schema" must be a schema of zod 4, got a number (3).'],
    [
      () => validateStream(user, 3 as never),
      '"source" must be an iterable, an async iterable, text or bytes, got a number (3).',
    ],
    [() => validateStream(user, [], null as never), '"options" must be an object, got null.'],
    [
      () => validateStream(user, [], { stop: true } as never),
      '"options" has no key "stop". Known: format, onInvalid, maxInvalid, maxItemBytes, signal.',
    ],
    [
      () => validateStream(user, [], { format: 'csv' as never }),
      '"format" must be "values" or "ndjson" or "json-array", got a string ("csv").',
    ],
    [
      () => validateStream(user, [], { onInvalid: 'skip' as never }),
      '"onInvalid" must be "stop" or "collect", got a string ("skip").',
    ],
    [
      () => validateStream(user, [], { maxInvalid: 0 }),
      '"maxInvalid" must be a whole number of at least 1, or Infinity, got a number (0).',
    ],
    [
      () => validateStream(user, [], { maxItemBytes: 1.5 }),
      '"maxItemBytes" must be a whole number of at least 1, or Infinity, got a number (1.5).',
    ],
  ])('says so at once: %s', (call, message) => {
    expect(call).toThrow(new TypeError(message))
  })

  it('refuses pieces that are no text', async () => {
    await expect(all(validateStream(user, ['{"id":1}\n', { id: 2 }]))).rejects.toThrow(
      new TypeError('A "source" of JSON text must give strings or Uint8Arrays, got an object.'),
    )
  })
})
