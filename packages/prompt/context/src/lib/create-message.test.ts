import { describe, expect, it } from 'vitest'
import { createMessage } from './create-message.ts'
import type { Message } from './message.ts'
import type { MessageInput } from './message-input.ts'

const maker = { createId: () => 'm1', toolOf: () => 'weather' }

function create(input: object): Message {
  return createMessage(input as MessageInput, maker)
}

describe('createMessage', () => {
  const parts = {
    id: 'a',
    name: 'Ada',
    tags: ['greeting'],
    metadata: { source: 'chat' },
    template: { inline: 'Hi {{ name }}' },
    engine: 'liquid',
    assigns: { name: 'Bob' },
    pinned: true,
    priority: -1.5,
  }

  it.each<[MessageInput, object]>([
    [{ role: 'system', raw: 'Hi' }, {}],
    [{ role: 'user', raw: '' }, {}],
    [{ role: 'assistant', raw: 'Hi' }, {}],
    [
      { role: 'tool', tool: 'weather', args: { b: 1, a: 2 } },
      { raw: '{"b":1,"a":2}', callId: 'm1' },
    ],
    [{ role: 'tool', callId: 'c1', tool: 'weather', args: {}, raw: 'call', responseSchema: 'words' }, {}],
    [
      { role: 'tool_result', callId: 'c1', result: 'sunny' },
      { raw: 'sunny', tool: 'weather' },
    ],
    [{ role: 'tool_result', callId: 'c1', tool: 'x', result: null, isError: true }, { raw: 'null' }],
    [
      { role: 'media', url: 'https://example.com/a.PNG?b#c' },
      { raw: 'https://example.com/a.PNG?b#c', mimeType: 'image/png' },
    ],
    [
      { role: 'media', mimeType: 'audio/wav', data: 'AAAAAA==' },
      { raw: '[audio/wav, 4 bytes]', size: 4 },
    ],
    [{ role: 'media', mimeType: 'text/plain;charset=utf-8', url: 'file', size: 0 }, { raw: 'file' }],
  ])('has what was given and the defaults of its kind: %j', (input, defaults) => {
    expect(create(input)).toStrictEqual({ id: 'm1', ...input, ...defaults })
    expect(create({ ...input, ...parts })).toStrictEqual({ ...input, ...defaults, ...parts })
  })

  it('leaves out what is undefined or false', () => {
    const nothing = { id: undefined, tags: undefined, template: undefined, pinned: false, priority: undefined }
    expect(create({ role: 'user', raw: 'Hi', ...nothing })).toStrictEqual({ id: 'm1', role: 'user', raw: 'Hi' })
    expect(create({ role: 'tool_result', callId: 'c1', result: 1, isError: false })).not.toHaveProperty('isError')
  })

  it('makes a text with an engine its own template', () => {
    expect(create({ role: 'user', raw: 'Hi', engine: 'liquid' })).toMatchObject({ template: { inline: 'Hi' } })
    expect(create({ role: 'tool', tool: 'a', args: {}, engine: 'liquid' })).toMatchObject({
      template: { inline: '{}' },
    })
  })

  it('takes data out of a URL that holds it', () => {
    expect(create({ role: 'media', url: 'data:image/PNG;charset=x;base64,AAAA' })).toStrictEqual({
      id: 'm1',
      role: 'media',
      raw: '[image/png, 3 bytes]',
      mimeType: 'image/png',
      data: 'AAAA',
      size: 3,
    })
    expect(create({ role: 'media', url: 'data:text/plain,Hi%20there' })).toMatchObject({
      mimeType: 'text/plain',
      url: 'data:text/plain,Hi%20there',
    })
  })

  it('is frozen to the bottom, and does not change with what it was made from', () => {
    const input = {
      role: 'tool' as const,
      tool: 'weather',
      args: { cities: ['Berlin'] },
      responseSchema: { properties: { sky: { type: 'string' } } },
      tags: ['a'],
      metadata: { list: [1] },
      template: { inline: 'a' },
      assigns: { user: { name: 'Ada' } },
    }
    const before = structuredClone(input)
    const message = create(input)
    input.args.cities.push('Rome')
    input.responseSchema.properties.sky.type = 'number'
    input.tags.push('b')
    input.metadata.list.push(2)
    input.template.inline = 'b'
    input.assigns.user.name = 'Bob'
    expect(message).toMatchObject(before)
    const all: unknown[] = [message]
    for (const part of all) {
      expect(Object.isFrozen(part)).toBe(true)
      if (typeof part === 'object' && part !== null) all.push(...Object.values(part))
    }
    expect(all.length).toBeGreaterThan(20)
    expect(Object.getPrototypeOf(message)).toBe(Object.prototype)
  })

  it('is given back if it was made here, though not if it was copied', () => {
    const message = create({ role: 'user', raw: 'Hi' })
    expect(create(message)).toBe(message)
    const copy = { ...message }
    expect(create(copy)).not.toBe(copy)
    expect(create(copy)).toEqual(message)
  })

  it('goes as deep as the data', () => {
    let deep: unknown = 'bottom'
    for (let depth = 0; depth < 20_000; depth++) deep = { value: deep }
    const call = create({ role: 'tool', tool: 'dig', args: { deep } })
    expect(call.raw.length).toBe('{"deep":'.length + 20_000 * '{"value":}'.length + '"bottom"}'.length)
    expect(create({ role: 'tool_result', callId: 'c1', result: deep }).raw).toMatch(/^\{"value":\{"value":/)
  })

  it.each([
    ['admin', 'a string ("admin").'],
    ['', 'a string ("").'],
    ['User', 'a string ("User"). Did you mean "user"?'],
    ['tool-result', 'a string ("tool-result"). Did you mean "tool_result"?'],
    [undefined, 'undefined.'],
    [3, 'a number (3).'],
    ['__proto__', 'a string ("__proto__").'],
  ])('refuses %j as a role with an example', (role, came) => {
    expect(() => create({ role, raw: 'Hi' })).toThrow(
      expect.objectContaining({
        name: 'InvalidRoleError',
        code: 'invalid_role',
        message: `Expected "role" to be one of system, user, assistant, tool, tool_result, media, got ${came} For example: context.add({ role: "user", raw: "Hello" }).`,
      }),
    )
  })

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [['Berlin'], 'an array'],
    ['{"city":"Berlin"}', 'a string (read it with JSON.parse first)'],
  ])('refuses %j as arguments with an example', (args, came) => {
    expect(() => create({ role: 'tool', tool: 'weather', args })).toThrow(
      expect.objectContaining({
        name: 'InvalidToolArgsError',
        code: 'invalid_tool_args',
        message: `Expected "args" to be an object of arguments by name, got ${came}. For example: context.toolCall({ tool: "weather", args: { city: "Berlin" } }).`,
      }),
    )
  })

  it.each([
    [{ mimeType: 'png', url: 'a' }, 'a string ("png")'],
    [{ mimeType: 'image/', url: 'a' }, 'a string ("image/")'],
    [{ mimeType: '/png', data: 'AAAA' }, 'a string ("/png")'],
    [{ mimeType: 'image /png', data: 'AAAA' }, 'a string ("image /png")'],
    [{ mimeType: 3, data: 'AAAA' }, 'a number (3)'],
    [{ data: 'AAAA' }, 'undefined'],
    [{ url: 'https://example.com/cat' }, 'none, and the URL does not tell'],
    [{ url: 'data:,Hi' }, 'none, and the URL does not tell'],
  ])('refuses the media type of %j with an example', (media, came) => {
    expect(() => create({ role: 'media', ...media })).toThrow(
      expect.objectContaining({
        name: 'InvalidMediaTypeError',
        code: 'invalid_media_type',
        message: `Expected "mimeType" to be a type and a subtype with "/" between them, got ${came}. For example: context.media({ mimeType: "image/png", url: "https://example.com/cat" }).`,
      }),
    )
  })

  const example = 'For example: context.media({ url: "https://example.com/cat.png" }).'
  it.each<[object, string]>([
    [{}, `Expected either "url" or "data" of a medium, got neither. ${example}`],
    [{ url: 'a.png', data: 'AAAA' }, `Expected either "url" or "data" of a medium, got both. ${example}`],
    [{ url: '' }, 'Expected "url" to be a string that is not empty, got a string ("").'],
    [{ data: 'secret!' }, 'Expected "data" to be base64 with its padding, got 7 characters that are not.'],
    [{ data: 'AAA' }, 'Expected "data" to be base64 with its padding, got 3 characters that are not.'],
    [{ data: '' }, 'Expected "data" to be base64 with its padding, got 0 characters that are not.'],
    [{ data: new Uint8Array(3) }, 'Expected "data" to be base64 with its padding, got an object.'],
    [{ url: 'a', size: -1 }, 'Expected "size" to be a whole number of bytes, got a number (-1).'],
    [{ url: 'a', size: 1.5 }, 'Expected "size" to be a whole number of bytes, got a number (1.5).'],
    [{ url: 'a', mime: 'a/b' }, '"message" has no key "mime". Did you mean "mimeType"?'],
  ])('refuses the medium %j', (media, problem) => {
    expect(() => create({ role: 'media', mimeType: 'image/png', ...media })).toThrow(new TypeError(problem))
  })

  const sources = '{ inline: text }, { file: path } or { module: name }'
  it.each<[object, string]>([
    [{ raw: undefined }, 'Expected "raw" to be a string, got undefined.'],
    [{ id: '' }, 'Expected "id" to be a string that is not empty, got a string ("").'],
    [{ name: 3 }, 'Expected "name" to be a string that is not empty, got a number (3).'],
    [{ tags: 'summary' }, 'Expected "tags" to be an array of strings, got a string ("summary").'],
    [{ tags: ['a', null] }, 'Expected "tags[1]" to be a string that is not empty, got null.'],
    [{ metadata: [] }, 'Expected "metadata" to be an object, got an empty array.'],
    [{ assigns: { when: new Date(0) } }, 'Expected "assigns.when" to be plain JSON data, got a date.'],
    [{ template: 'Hi' }, `Expected "template" to be ${sources}, got a string ("Hi").`],
    [{ template: { inline: 3 } }, `Expected "template" to be ${sources}, got an object.`],
    [
      { template: { module: 'greet' }, engine: 'liquid' },
      'A template that is a module renders itself: leave out "engine", got "liquid".',
    ],
    [{ engine: '' }, 'Expected "engine" to be a string that is not empty, got a string ("").'],
    [{ pinned: 'yes' }, 'Expected "pinned" to be true or false, got a string ("yes").'],
    [{ priority: '3' }, 'Expected "priority" to be a finite number, got a string ("3").'],
    [{ priority: Number.NaN }, 'Expected "priority" to be a finite number, got a number (NaN).'],
    [{ nmae: 'Ada' }, '"message" has no key "nmae". Did you mean "name"?'],
    [{ content: 'Hello' }, '"message" has no key "content". Did you mean "raw"?'],
  ])('refuses %j', (part, problem) => {
    expect(() => create({ role: 'user', raw: 'Hi', ...part })).toThrow(new TypeError(problem))
  })

  it.each<[object, string]>([
    [{ role: 'tool', tool: '', args: {} }, 'Expected "tool" to be a string that is not empty, got a string ("").'],
    [
      { role: 'tool', tool: 'a', args: { when: () => 1 } },
      'Expected "args.when" to be plain JSON data, got a function.',
    ],
    [{ role: 'tool', tool: 'a', args: {}, raw: 3 }, 'Expected "raw" to be a string, got a number (3).'],
    [
      { role: 'tool', tool: 'a', args: {}, callId: 3 },
      'Expected "callId" to be a string that is not empty, got a number (3).',
    ],
    [{ role: 'tool_result', result: 1 }, 'Expected "callId" to be a string that is not empty, got undefined.'],
    [{ role: 'tool_result', callId: 'c1' }, 'Expected "result" to be plain JSON data, got undefined.'],
    [
      { role: 'tool_result', callId: 'c1', result: 1, isError: 'yes' },
      'Expected "isError" to be true or false, got a string ("yes").',
    ],
  ])('refuses %j', (input, problem) => {
    expect(() => create(input)).toThrow(new TypeError(problem))
  })

  it.each([['Hi'], [null], [undefined], [['Hi']]])('refuses %j, which is no object', (input) => {
    expect(() => create(input as unknown as object)).toThrow(
      /^Expected "message" to be an object such as \{ role: "user", raw: "Hello" \}, got /,
    )
  })
})
