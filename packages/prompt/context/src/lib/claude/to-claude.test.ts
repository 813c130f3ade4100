import { describe, expect, it } from 'vitest'
import { type Context, createContext } from '../context.ts'
import { toClaude } from './to-claude.ts'

const files = 'https://api.anthropic.com/v1/files/'
const user = createContext().user('Hi')

/** The text blocks that a text is. */
function blocks(...texts: string[]): object[] {
  return texts.map((text) => ({ type: 'text', text }))
}

function roles(context: Context): string[] {
  return toClaude(context).messages.map(({ role }) => role)
}

function callOnce(context: Context, id: string): Context {
  return context.toolCall({ id, tool: 'look', args: {} }).toolResult({ id, result: 'r' })
}

function place(id: string): object {
  return { type: 'tool_use', id }
}

function callOf(id: string): object {
  return { type: 'tool_use', id, name: 'look', input: {} }
}

/** The blocks of an answer with these fields, and these calls behind it. */
function answer(raw: string, claude: object, ...ids: string[]): object[] | undefined {
  let context = user.assistant(raw, { metadata: { claude } })
  for (const id of ids) context = context.toolCall({ id, tool: 'look', args: {} })
  for (const id of ids) context = context.toolResult({ id, result: 'r' })
  return toClaude(context).messages[1]?.content
}

describe('toClaude', () => {
  it('writes a conversation with pictures, parallel calls and results', () => {
    const context = createContext()
      .system('Be brief.')
      .system('Be kind.')
      .user('What is this?')
      .media({ url: 'https://example.com/cat.png' })
      .assistant('Let me look.')
      .toolCall({ id: 'a', tool: 'look', args: { at: 'cat' } })
      .toolCall({ id: 'b', tool: 'listen', args: {} })
      .user('Well?')
      .toolResult({ id: 'b', result: { sound: 'meow' } })
      .toolResult({ id: 'a', result: 'No file.', isError: true })
      .assistant('A cat.')
    expect(toClaude(context)).toEqual({
      system: blocks('Be brief.', 'Be kind.'),
      messages: [
        {
          role: 'user',
          content: [
            ...blocks('What is this?'),
            { type: 'image', source: { type: 'url', url: 'https://example.com/cat.png' } },
          ],
        },
        {
          role: 'assistant',
          content: [
            ...blocks('Let me look.'),
            { type: 'tool_use', id: 'a', name: 'look', input: { at: 'cat' } },
            { type: 'tool_use', id: 'b', name: 'listen', input: {} },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'a', content: 'No file.', is_error: true },
            { type: 'tool_result', tool_use_id: 'b', content: '{"sound":"meow"}' },
            ...blocks('Well?'),
          ],
        },
        { role: 'assistant', content: blocks('A cat.') },
      ],
    })
  })

  it('has no system where there is none, or only a blank one', () => {
    expect(toClaude(user)).toEqual({ messages: [{ role: 'user', content: blocks('Hi') }] })
    expect(toClaude(createContext().system(' ').user('Hi'))).toEqual(toClaude(user))
    expect(toClaude(createContext())).toEqual({ messages: [] })
  })

  it('keeps a later system message where the API takes it', () => {
    expect(roles(user.system('a').system('b'))).toEqual(['user', 'system'])
    expect(roles(user.system('a').assistant('b').user('c'))).toEqual(['user', 'system', 'assistant', 'user'])
    const called = user
      .toolCall({ id: 'a', tool: 'look', args: {} })
      .system('Hurry.')
      .toolResult({ id: 'a', result: 1 })
    expect(roles(called)).toEqual(['user', 'assistant', 'user', 'system'])
  })

  it.each([
    [user.system('a').user('b'), 1],
    [user.assistant('a').system('b').user('c'), 2],
    [user.assistant('a').system('b'), 2],
  ])('refuses it elsewhere, or moves it: %#', (context, messageIndex) => {
    expect(() => toClaude(context)).toThrow(
      expect.objectContaining({
        message: `messages[${messageIndex}] (system) cannot be sent to Claude: it takes a later system message only behind the user and before the assistant, or at the end. Move it, or pass { hoistSystem: true }.`,
        details: { vendor: 'Claude', messageIndex, role: 'system', reason: 'system_position' },
      }),
    )
    expect(toClaude(context, { hoistSystem: true }).system).toEqual(blocks(context.messages[messageIndex]!.raw))
  })

  it('leaves blank texts out where there is more', () => {
    const context = createContext()
      .user('')
      .user('Hi')
      .assistant('\n\n')
      .toolCall({ id: 'a', tool: 'look', args: {} })
      .toolResult({ id: 'a', result: '' })
      .user(' ')
    expect(toClaude(context).messages).toEqual([
      { role: 'user', content: blocks('Hi') },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'look', input: {} }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a' }] },
    ])
  })

  it('gives each call an id of its own, in letters that the API takes', () => {
    const context = ['x', 'x', 'f.x:0', 'f_2ex_3a0', 'x', 'x-2'].reduce(callOnce, user)
    const ids = toClaude(context).messages.flatMap(({ content }): string[] =>
      content.flatMap((block) => ('id' in block ? [block.id] : 'tool_use_id' in block ? [block.tool_use_id] : [])),
    )
    const own = ['x', 'x-2', 'f_2ex_3a0', 'f_2ex_3a0-2', 'x-3', 'x-2-2']
    expect(ids).toEqual(own.flatMap((id) => [id, id]))
  })

  it('writes what only this API knows from metadata.claude', () => {
    const cache_control = { type: 'ephemeral' }
    const thinking = [{ type: 'thinking', thinking: 'Hm.', signature: 's' }]
    const metadata = { claude: { cache_control, thinking } }
    const context = createContext()
      .system('a', { metadata: { claude: { cache_control } } })
      .user('b')
      .media({ data: 'aGk=', mimeType: 'application/pdf', metadata: { claude: { title: 'Hi' } } })
      .toolCall({ id: 'a', tool: 'look', args: {}, metadata })
      .toolResult({ id: 'a', result: 'x', metadata: { claude: { cache_control } } })
      .assistant('', { metadata: { claude: { thinking } } })
    expect(toClaude(context)).toEqual({
      system: [{ type: 'text', text: 'a', cache_control }],
      messages: [
        {
          role: 'user',
          content: [
            ...blocks('b'),
            { type: 'document', title: 'Hi', source: { type: 'base64', media_type: 'application/pdf', data: 'aGk=' } },
          ],
        },
        {
          role: 'assistant',
          content: [...thinking, { type: 'tool_use', id: 'a', name: 'look', input: {}, cache_control }],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: 'x', cache_control }] },
        { role: 'assistant', content: thinking },
      ],
    })
  })

  describe('with the order of an answer', () => {
    const [one, two] = ['1', '2'].map((signature) => ({ type: 'thinking', thinking: 'Hm.', signature }))
    const cache_control = { type: 'ephemeral' }
    const thinking = [one, two]
    const order = [0, place('a'), ...blocks('So ', ' ', 'it is.', ' '), 1, place('b')]

    it('writes its blocks where they stood, and what goes with its text with the last piece', () => {
      expect(answer('So  it is. ', { thinking, order, cache_control }, 'a', 'b')).toEqual([
        one,
        callOf('a'),
        ...blocks('So '),
        { type: 'text', text: 'it is.', cache_control },
        two,
        callOf('b'),
      ])
    })

    it('passes calls over that have left, and puts those that have come behind it', () => {
      expect(answer('So  it is. ', { thinking, order }, 'b', 'c')).toEqual([
        one,
        ...blocks('So ', 'it is.'),
        two,
        callOf('b'),
        callOf('c'),
      ])
    })

    it.each([
      ['its text is another', 'It is.', order],
      ['a block is missing', 'It is.', [0, ...blocks('It is.')]],
      ['a block is there twice', 'It is.', [0, 0, ...blocks('It is.')]],
      ['a block is none', 'It is.', [0, 2, ...blocks('It is.')]],
    ])('ignores it where %s', (_, raw, given) => {
      expect(answer(raw, { thinking, order: given }, 'a')).toEqual([one, two, ...blocks(raw), callOf('a')])
    })

    it('may belong to a call', () => {
      const metadata = { claude: { thinking, order: [0, place('a'), 1, place('b')] } }
      const context = user
        .toolCall({ id: 'a', tool: 'look', args: {}, metadata })
        .toolCall({ id: 'b', tool: 'look', args: {} })
        .toolResult({ id: 'a', result: 'r' })
        .toolResult({ id: 'b', result: 'r' })
      expect(toClaude(context).messages[1]?.content).toEqual([one, callOf('a'), two, callOf('b')])
    })

    it('may end with what is no text, whatever stands before it', () => {
      const paused = { type: 'server_tool_use', id: 's', name: 'web_search', input: {} }
      const asked = blocks('I look. ')
      expect(answer('I look. ', { thinking: [paused], order: [...asked, 0] })).toEqual([...asked, paused])
    })
  })

  it.each([
    [
      { data: 'aGk=', mimeType: 'image/PNG' },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } },
    ],
    [
      { url: 'https://example.com/a.pdf' },
      { type: 'document', source: { type: 'url', url: 'https://example.com/a.pdf' } },
    ],
    [
      { data: 'w6k=', mimeType: 'text/plain; charset=utf-8' },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'é' } },
    ],
    [
      { url: `${files}file_1`, mimeType: 'image/png' },
      { type: 'image', source: { type: 'file', file_id: 'file_1' } },
    ],
    [
      { url: `${files}file_1`, mimeType: 'application/pdf' },
      { type: 'document', source: { type: 'file', file_id: 'file_1' } },
    ],
    [
      { url: `${files}file_1`, mimeType: 'text/plain' },
      { type: 'document', source: { type: 'file', file_id: 'file_1' } },
    ],
    [
      { url: `${files}file_1`, mimeType: 'text/csv' },
      { type: 'container_upload', file_id: 'file_1' },
    ],
    [
      { url: `${files}file_1/content`, mimeType: 'image/png' },
      { type: 'image', source: { type: 'url', url: `${files}file_1/content` } },
    ],
  ])('takes %j', (medium, block) => {
    expect(toClaude(createContext().media(medium)).messages).toEqual([{ role: 'user', content: [block] }])
  })

  it.each([
    [
      { data: 'aGk=', mimeType: 'image/svg+xml' },
      'it takes images (JPEG, PNG, GIF, WebP), PDF and plain text, and this is image/svg+xml.',
    ],
    [{ data: '//8=', mimeType: 'text/plain' }, 'it takes text/plain from "data" in UTF-8, and this is "data".'],
    [
      { url: 'https://example.com/a.txt' },
      'it takes text/plain from "data" in UTF-8, and this is a "url" of another kind.',
    ],
    [{ url: 'gs://a/a.png' }, 'it takes image/png from "data" or a web address, and this is a "url" of another kind.'],
  ])('refuses %j', (medium, problem) => {
    expect(() => toClaude(createContext().media(medium))).toThrow(
      `messages[0] (media) cannot be sent to Claude: ${problem}`,
    )
  })

  it('lets the user begin where the assistant would, if it is told how', () => {
    const summary = createContext().system('Be brief.').assistant('They said hello.')
    expect(toClaude(summary.user('And?'), { opening: 'Go on.' })).toEqual({
      system: [{ type: 'text', text: 'Be brief.' }],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Go on.' }] },
        { role: 'assistant', content: [{ type: 'text', text: 'They said hello.' }] },
        { role: 'user', content: [{ type: 'text', text: 'And?' }] },
      ],
    })
    const begun = createContext().user('Hi').assistant('Hello')
    expect(toClaude(begun, { opening: 'Go on.' })).toEqual(toClaude(begun))
  })

  it.each([
    [
      createContext().assistant('Hi'),
      'assistant_first',
      'messages[0] (assistant) cannot be sent to Claude: it wants the user to begin. Put a message of the user before it, or pass { opening: "Go on." }.',
    ],
    [
      createContext().system('a').user(' '),
      'empty_text',
      'messages[1] (user) cannot be sent to Claude: it refuses a turn without text. Leave the message out, or say something.',
    ],
    [
      user.assistant('The answer is '),
      'trailing_space',
      'messages[1] (assistant) cannot be sent to Claude: an answer at the end must not end with white space. Trim it, or let the user have the last word.',
    ],
    [
      user.user('Hi', { name: 'Ada' }),
      'name',
      'messages[1] (user) cannot be sent to Claude: there is no field for its name. Pass "names" in the options: "prefix" to write it before the text, "omit" to leave it out.',
    ],
    [
      user.assistant('a', { metadata: { claude: { order: [{ type: 'image' }] } } }),
      'metadata',
      'messages[1] (assistant) cannot be sent to Claude: its metadata.claude.order is to be an array of positions, texts and calls.',
    ],
    [
      user.assistant('a', { metadata: { claude: { thinking: 'Hm.' } } }),
      'metadata',
      'messages[1] (assistant) cannot be sent to Claude: its metadata.claude.thinking is to be an array of thinking blocks.',
    ],
  ])('refuses %#: %s', (context, reason, message) => {
    expect(() => toClaude(context)).toThrow(
      expect.objectContaining({ code: 'unsupported_message', message, details: expect.objectContaining({ reason }) }),
    )
  })
})
