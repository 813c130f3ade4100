import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createJsonElementReader, type JsonElement } from './create-json-element-reader.ts'
import { streamJsonElements } from './stream-json-elements.ts'

function elementsOf(chunks: readonly (string | Uint8Array)[], strict = false) {
  const elements: JsonElement[] = []
  const reader = createJsonElementReader({ strict, onElement: (element) => elements.push(element) })
  for (const chunk of chunks) reader.push(chunk)
  return { elements, result: reader.end() }
}

describe('createJsonElementReader', () => {
  it('gives each element with where it stands', () => {
    const { elements, result } = elementsOf(['[1, {"a"', ': 2}, "x', '"]'])
    expect(elements).toEqual([
      { value: 1, index: 0, start: 1, end: 2, byteStart: undefined, byteEnd: undefined },
      { value: { a: 2 }, index: 1, start: 4, end: 12, byteStart: undefined, byteEnd: undefined },
      { value: 'x', index: 2, start: 14, end: 17, byteStart: undefined, byteEnd: undefined },
    ])
    expect(result).toEqual({ count: 3, isArray: true, truncatedAt: undefined })
  })

  it('says where elements stand in characters and bytes, however the bytes are cut', () => {
    const value = fc.oneof(fc.jsonValue(), fc.string({ unit: fc.constantFrom('é', '😀', '"', '€', 'a', ' ') }))
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 8 }),
        fc.constantFrom('', 'Sure [x]:\n', '\ufeff'),
        fc.integer({ min: 1, max: 9 }),
        (values, before, length) => {
          const text = `${before}[ ${values.map((each) => JSON.stringify(each)).join(' , ')} ]`
          const bytes = new TextEncoder().encode(text)
          const chunks: Uint8Array[] = []
          for (let at = 0; at < bytes.length; at += length) chunks.push(bytes.subarray(at, at + length))
          const { elements } = elementsOf(chunks)
          expect(elements.map((each) => text.slice(each.start, each.end))).toEqual(
            values.map((each) => JSON.stringify(each)),
          )
          expect(
            elements.map((each) => new TextDecoder().decode(bytes.subarray(each.byteStart, each.byteEnd))),
          ).toEqual(values.map((each) => JSON.stringify(each)))
          expect(elements.map((each) => each.index)).toEqual(values.map((_, index) => index))
        },
      ),
      { numRuns: 200 },
    )
  })

  it('counts the bytes of what is no UTF-8 as they came', () => {
    const bytes = Uint8Array.from([91, 34, 0xff, 0xe2, 0x82, 34, 44, 34, 0xf0, 0x9f, 34, 44, 49, 93])
    for (const length of [1, 2, 3, 14]) {
      const chunks: Uint8Array[] = []
      for (let at = 0; at < bytes.length; at += length) chunks.push(bytes.subarray(at, at + length))
      expect(elementsOf(chunks).elements.map(({ value, byteStart, byteEnd }) => [value, byteStart, byteEnd])).toEqual([
        ['\ufffd\ufffd', 1, 6],
        ['\ufffd', 7, 11],
        [1, 12, 13],
      ])
    }
  })

  it('does not give an element that was cut', () => {
    expect(elementsOf(['[1, {"a": 2']).result).toEqual({ count: 1, isArray: true, truncatedAt: 11 })
  })

  it('says that a document is no array', () => {
    expect(elementsOf(['{"a": [1, 2]}'])).toEqual({
      elements: [],
      result: { count: 0, isArray: false, truncatedAt: undefined },
    })
  })

  it('keeps nothing of what it gave', () => {
    const reader = createJsonElementReader({
      onElement: (element) => elements.push(new WeakRef(element.value as object)),
    })
    const elements: WeakRef<object>[] = []
    reader.push('[{"a": 1}, {"a": 2}')
    expect(elements).toHaveLength(2)
    reader.push(']')
    expect(reader.end().count).toBe(2)
  })

  it('needs to know whom to give them to', () => {
    expect(() => createJsonElementReader({} as never)).toThrow(
      new TypeError('createJsonElementReader: "onElement" must be a function, received undefined.'),
    )
  })
})

describe('streamJsonElements', () => {
  it('gives the elements one by one, and how the array ended', async () => {
    const elements = streamJsonElements(['[1, ', '[2], {"a', '": 3}'])
    expect((await elements.next()).value).toMatchObject({ value: 1, index: 0 })
    expect((await elements.next()).value).toMatchObject({ value: [2], index: 1 })
    expect((await elements.next()).value).toMatchObject({ value: { a: 3 }, index: 2 })
    expect(await elements.next()).toEqual({ done: true, value: { count: 3, isArray: true, truncatedAt: 17 } })
  })

  it('gives what stands before a fault, and then the fault', async () => {
    const values: unknown[] = []
    const task = (async () => {
      for await (const { value } of streamJsonElements(['[1, 2, x]'], { strict: true })) values.push(value)
    })()
    await expect(task).rejects.toMatchObject({ code: 'json_invalid', offset: 7 })
    expect(values).toEqual([1, 2])
  })

  it('asks for the next piece when all elements of the last are taken', async () => {
    let asked = 0
    async function* source(): AsyncGenerator<string> {
      while (true) yield asked++ === 0 ? '[1, 2,' : '3,'
    }
    const elements = streamJsonElements(source())
    await elements.next()
    await elements.next()
    expect(asked).toBe(1)
    await elements.return({ count: 0, isArray: true, truncatedAt: undefined })
  })

  it('ends with the reason of an abort, also between elements', async () => {
    const controller = new AbortController()
    const values: unknown[] = []
    const task = (async () => {
      for await (const { value } of streamJsonElements('[1, 2, 3]', { signal: controller.signal })) {
        values.push(value)
        controller.abort('enough')
      }
    })()
    await expect(task).rejects.toBe('enough')
    expect(values).toEqual([1])
  })
})
