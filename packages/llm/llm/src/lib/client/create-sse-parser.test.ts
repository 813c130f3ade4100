import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSseParser, type SseEvent } from './create-sse-parser.ts'
import { ModelError } from '../model-error.ts'

function parse(pieces: readonly (string | Uint8Array)[]): { events: SseEvent[]; retries: number[] } {
  const events: SseEvent[] = []
  const retries: number[] = []
  const parser = createSseParser({ onEvent: (event) => events.push(event), onRetry: (delay) => retries.push(delay) })
  for (const piece of pieces) parser.push(piece)
  parser.end()
  return { events, retries }
}

const event = (data: string, more: Partial<SseEvent> = {}): SseEvent => ({
  type: 'message',
  data,
  lastEventId: '',
  complete: true,
  ...more,
})

describe('createSseParser', () => {
  it.each<[name: string, text: string, events: SseEvent[]]>([
    ['a line of data', 'data: a\n\n', [event('a')]],
    ['lines of data, joined', 'data: YHOO\ndata: +2\ndata: 10\n\n', [event('YHOO\n+2\n10')]],
    [
      'a comment and an id that stays',
      ': test\n\ndata: a\nid: 1\n\ndata:b\nid\n\ndata:  c\n\n',
      [event('a', { lastEventId: '1' }), event('b'), event(' c')],
    ],
    [
      'an id that the next event keeps',
      'id: 7\ndata: a\n\ndata: b\n\n',
      [event('a', { lastEventId: '7' }), event('b', { lastEventId: '7' })],
    ],
    ['an id without data', 'id: 7\n\ndata: b\n\n', [event('b', { lastEventId: '7' })]],
    ['an id with NUL, which is ignored', 'id: 1\nid: 2\0\ndata: a\n\n', [event('a', { lastEventId: '1' })]],
    ['empty data', 'data\n\ndata\ndata\n\ndata:\n\n', [event(''), event('\n'), event('')]],
    [
      'no more than one space away',
      'data:test\n\ndata: test\n\ndata:  test\n\n',
      [event('test'), event('test'), event(' test')],
    ],
    [
      'a name, which ends with its event',
      'event: add\ndata: 1\n\ndata: 2\n\n',
      [event('1', { type: 'add' }), event('2')],
    ],
    ['the last of several names', 'event: a\nevent: b\ndata: 1\n\n', [event('1', { type: 'b' })]],
    ['a name without data, which is forgotten', 'event: add\n\ndata: 1\n\n', [event('1')]],
    ['an empty name', 'event\ndata: 1\n\n', [event('1')]],
    ['fields that are no fields', 'Data: a\n data: b\ndatas: c\ndata : d\nnull\n\ndata: e\n\n', [event('e')]],
    ['colons in the value', 'data: {"a": ":"}\n\ndata::\n\n', [event('{"a": ":"}'), event(':')]],
    ['lines that end with CR', 'data: a\rdata: b\r\rdata: c\r\r', [event('a\nb'), event('c')]],
    ['lines that end with CR LF', 'data: a\r\ndata: b\r\n\r\n', [event('a\nb')]],
    ['all three mixed', 'data: a\rdata: b\r\ndata: c\n\r\ndata: d\n\r', [event('a\nb\nc'), event('d')]],
    ['LF CR, which are two ends', 'data: a\n\rdata: b\n\r', [event('a'), event('b')]],
    ['a byte order mark', '\uFEFFdata: a\n\n', [event('a')]],
    ['only the first byte order mark', '\uFEFF\uFEFFdata: a\n\ndata: b\n\n', [event('b')]],
    ['NUL in data', 'data: a\0b\n\n', [event('a\0b')]],
    ['other line separators, which are none', 'data: a\u2028b\u0085c\vd\n\n', [event('a\u2028b\u0085c\vd')]],
    ['an end without the blank line', 'data: a\n\ndata: b\n', [event('a'), event('b', { complete: false })]],
    [
      'an end without the line end',
      'data: a\n\nevent: x\ndata: b',
      [event('a'), event('b', { type: 'x', complete: false })],
    ],
    ['an end behind CR', 'data: a\r', [event('a', { complete: false })]],
    ['nothing', '', []],
    ['blank lines', '\n\r\r\n\n', []],
    ['a comment without end', ':', []],
  ])('reads %s, in any pieces', (_, text, events) => {
    const bytes = new TextEncoder().encode(text)
    for (let size = 1; size <= text.length + 1; size++) {
      expect(parse(cut(text, size)).events, `${size} characters`).toEqual(events)
      expect(parse(cut(bytes, size)).events, `${size} bytes`).toEqual(events)
    }
  })

  it('tells of retries: digits and nothing else', () => {
    const lines = ['retry: 10', 'retry:20', 'retry', 'retry: 1.5', 'retry: -1', 'retry: 1 ', 'retry: ٣', 'retry: 0']
    expect(parse([`${lines.join('\n')}\n`]).retries).toEqual([10, 20, 0])
  })

  it('gives an event at once when its last character is there, also behind CR', () => {
    const events: string[] = []
    const parser = createSseParser({ onEvent: ({ data }) => events.push(data) })
    for (const [piece, count] of [
      ['data: a\n', 0],
      ['\n', 1],
      ['data: b\r', 1],
      ['\r', 2],
      ['\ndata: c\r\n', 2],
      ['\r', 3],
    ] as const) {
      parser.push(piece)
      expect(events).toHaveLength(count)
    }
  })

  it('decodes UTF-8 across pieces, and what is no UTF-8 to U+FFFD', () => {
    expect(
      parse([Uint8Array.of(100, 97, 116, 97, 58, 0xe2), Uint8Array.of(0x82), Uint8Array.of(0xac, 10, 10)]).events,
    ).toEqual([event('€')])
    expect(parse([Uint8Array.of(100, 97, 116, 97, 58, 0xff, 10, 10)]).events).toEqual([event('\uFFFD')])
  })

  it('agrees with the algorithm of the standard on any text, in any pieces', () => {
    const text = fc
      .array(
        fc.constantFrom(
          '\n',
          '\r',
          '\r\n',
          'data',
          'event',
          'id',
          'retry',
          ':',
          ' ',
          'x',
          '1',
          '\0',
          '\uFEFF',
          'é',
          '😀',
        ),
        { maxLength: 40 },
      )
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (stream, size) => {
        const { events, retries } = parse(cut(stream, size))
        expect({ events: events.filter(({ complete }) => complete), retries }).toEqual(standard(stream))
        expect(parse(cut(new TextEncoder().encode(stream), size))).toEqual({ events, retries })
      }),
      { numRuns: 500 },
    )
  })

  it('refuses an event that does not end', () => {
    const parser = createSseParser({ onEvent: () => {}, maxLength: 10 })
    parser.push('data: 1234')
    expect(() => parser.push('5678')).toThrow(
      new ModelError(
        'invalid_response',
        'Expected events of at most 10 characters, got a longer one. Raise "maxLength" if the server is right.',
      ),
    )
    const lines = createSseParser({ onEvent: () => {}, maxLength: 10 })
    expect(() => lines.push('data: 12345\ndata: 12345\n')).toThrow(ModelError)
    const events = createSseParser({ onEvent: () => {}, maxLength: 10 })
    expect(() => events.push('data: 12345\n\ndata: 12345\n\ndata: 12345\n\n')).not.toThrow()
  })

  it.each([
    [{}, 'createSseParser: expected "onEvent" to be a function, got undefined.'],
    [
      { onEvent() {}, maxLength: Number.NaN },
      'createSseParser: expected "maxLength" to be a number from 1 upwards, got a number (NaN).',
    ],
    [{ onEvent() {}, maxlength: 1 }, 'createSseParser: "options" has no key "maxlength". Did you mean "maxLength"?'],
  ])('refuses options that are none', (options, message) => {
    expect(() => createSseParser(options as never)).toThrow(new TypeError(message))
  })

  it('gives a delay that no number holds as the greatest that one does', () => {
    expect(parse([`retry: ${'9'.repeat(400)}\n`]).retries).toEqual([Number.MAX_SAFE_INTEGER])
  })

  it('goes on after a listener that throws', () => {
    const seen: string[] = []
    const parser = createSseParser({
      onEvent({ data }) {
        if (data === 'bad') throw new Error('not mine')
        seen.push(data)
      },
    })
    expect(() => parser.push('data: bad\n\n')).toThrow('not mine')
    parser.push('data: good\n\n')
    expect(seen).toEqual(['good'])
  })
})

/** 9.2.6 word by word, over the whole text. */
function standard(text: string): { events: SseEvent[]; retries: number[] } {
  const events: SseEvent[] = []
  const retries: number[] = []
  let [data, type, id] = ['', '', '']
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  lines.pop()
  for (const line of lines) {
    if (line === '') {
      if (data !== '') events.push(event(data.replace(/\n$/, ''), { type: type || 'message', lastEventId: id }))
      data = ''
      type = ''
      continue
    }
    if (line.startsWith(':')) continue
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? []
    if (field === 'event') type = value
    else if (field === 'data') data += `${value}\n`
    else if (field === 'id' && !value.includes('\0')) id = value
    else if (field === 'retry' && /^[0-9]+$/.test(value)) retries.push(Number(value))
  }
  return { events, retries }
}

function cut<Stream extends string | Uint8Array>(stream: Stream, size: number): Stream[] {
  const pieces: Stream[] = []
  for (let start = 0; start < stream.length; start += size) pieces.push(stream.slice(start, start + size) as Stream)
  return pieces
}
