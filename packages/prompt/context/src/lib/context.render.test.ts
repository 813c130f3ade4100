import { createLiquid } from '@empire/template-liquid'
import { createEstimator } from '@empire/tokens'
import { describe, expect, it } from 'vitest'
import { createContext } from './context.ts'
import { isPrompt } from './is-prompt.ts'

const liquid = createLiquid({ templates: { 'greeting.liquid': 'Welcome, {{ name }}.' } })

describe('Context, rendering', () => {
  const context = createContext({ engines: [liquid] })

  it('joins the messages by one newline', () => {
    expect(context.render()).toBe('')
    expect(context.user('').user('a\n').user('').render()).toBe('\na\n\n')
  })

  it('leaves a text without an engine alone', () => {
    expect(context.user('{{ name }}', { assigns: { name: 'Ada' } }).render()).toBe('{{ name }}')
  })

  it('renders a text with an engine, a template in its place, and a file', () => {
    const templated = context
      .system('Hi {{ name }}', { engine: 'liquid' })
      .user('kept', { engine: 'liquid', template: { inline: 'Bye {{ name }}' } })
      .user('kept', { engine: 'liquid', template: { file: 'greeting.liquid' } })
    expect(templated.renderMessages({ name: 'Ada' })).toEqual([
      { role: 'system', content: 'Hi Ada' },
      { role: 'user', content: 'Bye Ada' },
      { role: 'user', content: 'Welcome, Ada.' },
    ])
    expect(templated.render({ name: 'Ada' })).toBe('Hi Ada\nBye Ada\nWelcome, Ada.')
    expect(templated.messages.map(({ raw }) => raw)).toEqual(['Hi {{ name }}', 'kept', 'kept'])
  })

  it('lets the assigns of the call win over those of the message', () => {
    const templated = context.user('{{ a }}{{ b }}', { engine: 'liquid', assigns: { a: 1, b: 2 } })
    expect([templated.render(), templated.render({ b: 3 }), templated.render({})]).toEqual(['12', '13', '12'])
  })

  it('says which message, line and column failed, under the code of the engine', () => {
    const broken = context.system('Fine').user('Dear\n{{ nmae }}', { engine: 'liquid', assigns: { name: 'Ada' } })
    const fault = {
      name: 'MessageRenderError',
      code: 'template_undefined_variable',
      message: [
        'messages[1] (user): The variable "nmae" is not defined. Pass it in the assigns, or give it a default: {{ nmae | default: "" }}. (line 2, column 4, engine liquid)',
        '',
        '  {{ nmae }}',
        '     ^',
      ].join('\n'),
      details: { messageIndex: 1, role: 'user', engine: 'liquid', line: 2, column: 4, variable: 'nmae' },
    }
    expect(() => broken.render()).toThrow(expect.objectContaining(fault))
    expect(() => broken.renderMessages()).toThrow(expect.objectContaining(fault))
    expect(() => broken.withOptions({ tokenCounter: createEstimator() }).tokenCount()).toThrow(
      expect.objectContaining(fault),
    )
  })

  it.each([
    [{ engine: 'liquid', template: { file: 'none.liquid' } }, 'template_not_found'],
    [{ engine: 'liquid', template: { inline: '{% if %}' } }, 'template_syntax'],
  ])('fails on %j with %s', (options, code) => {
    expect(() => context.user('', options).render()).toThrow(expect.objectContaining({ code }))
  })

  it.each([
    [{ engine: 'eta' }, 'messages[0] asks for "eta"; this context has liquid. Pass it in "engines" of createContext.'],
    [
      { engine: '__proto__' },
      'messages[0] asks for "__proto__"; this context has liquid. Pass it in "engines" of createContext.',
    ],
    [
      { template: { inline: 'a' } },
      'messages[0] has a template without an engine; this context has liquid. Pass it in "engines" of createContext.',
    ],
  ])('does not know the engine of %j', (options, message) => {
    expect(() => context.user('', options).render()).toThrow(
      expect.objectContaining({ name: 'UnknownEngineError', code: 'unknown_engine', message }),
    )
  })

  it('takes what a foreign engine throws for template_render', () => {
    const cause = new Error('No luck')
    const fail = (): never => {
      throw cause
    }
    const engine = { name: 'foreign', compile: fail, variables: fail }
    expect(() =>
      createContext({ engines: [engine] })
        .user('', { engine: 'foreign' })
        .render(),
    ).toThrow(expect.objectContaining({ code: 'template_render', message: 'messages[0] (user): No luck', cause }))
  })

  it('gives each kind of message its default text', () => {
    const all = context
      .system('Be brief.')
      .toolCall({ id: 'c1', tool: 'weather', args: { city: 'Berlin', days: 2 } })
      .toolResult({ id: 'c1', result: 'sunny' })
      .toolCall({ id: 'c2', tool: 'weather', args: {} })
      .toolResult({ id: 'c2', result: { error: 'no city' }, isError: true })
      .media({ url: 'https://example.com/cat.png' })
      .media({ mimeType: 'image/png', data: 'AAAA' })
    expect(all.render()).toBe(
      [
        'Be brief.',
        '{"city":"Berlin","days":2}',
        'sunny',
        '{}',
        '{"error":"no city"}',
        'https://example.com/cat.png',
        '[image/png, 3 bytes]',
      ].join('\n'),
    )
    expect(all.renderMessages()).toStrictEqual([
      { role: 'system', content: 'Be brief.' },
      {
        role: 'tool',
        content: '{"city":"Berlin","days":2}',
        callId: 'c1',
        tool: 'weather',
        args: { city: 'Berlin', days: 2 },
      },
      { role: 'tool_result', content: 'sunny', callId: 'c1', tool: 'weather', result: 'sunny' },
      { role: 'tool', content: '{}', callId: 'c2', tool: 'weather', args: {} },
      {
        role: 'tool_result',
        content: '{"error":"no city"}',
        callId: 'c2',
        tool: 'weather',
        result: { error: 'no city' },
        isError: true,
      },
      {
        role: 'media',
        content: 'https://example.com/cat.png',
        mimeType: 'image/png',
        url: 'https://example.com/cat.png',
      },
      { role: 'media', content: '[image/png, 3 bytes]', mimeType: 'image/png', data: 'AAAA', size: 3 },
    ])
  })

  it('renders templates of every kind', () => {
    const assigns = { city: 'Berlin' }
    const all = context
      .toolCall({ id: 'c1', tool: 'weather', args: { city: '{{ city }}' }, engine: 'liquid', assigns })
      .toolResult({ id: 'c1', result: 'sunny', engine: 'liquid', template: { inline: 'It is sunny in {{ city }}.' } })
      .media({ url: 'https://example.com/{{ city }}.png', engine: 'liquid' })
    expect(all.render(assigns)).toBe('{"city":"Berlin"}\nIt is sunny in Berlin.\nhttps://example.com/Berlin.png')
  })

  it('says who speaks, where that is given', () => {
    expect(context.user('Hi', { name: 'Ada' }).renderMessages()).toStrictEqual([
      { role: 'user', content: 'Hi', name: 'Ada' },
    ])
  })

  it('lets those of words be picked', () => {
    const all = context.system('a').media({ url: 'a.png' }).user('b').toolCall({ tool: 'c', args: {} }).assistant('d')
    expect(all.renderMessages().filter(isPrompt)).toEqual([
      { role: 'system', content: 'a' },
      { role: 'user', content: 'b' },
      { role: 'assistant', content: 'd' },
    ])
  })

  it('suggests the engine that was meant', () => {
    expect(() => context.user('', { engine: 'liqiud' }).render()).toThrow(
      'messages[0] asks for "liqiud"; this context has liquid. Did you mean "liquid"? Pass it in "engines" of createContext.',
    )
  })

  it('renders a message when its piece is asked for, and not before', () => {
    const rendered: number[] = []
    const noted = [0, 1, 2].reduce(
      (all, index) => all.user('', { template: { module: () => `${rendered.push(index)}` } }),
      context,
    )
    const pieces = noted.stream()
    expect(rendered).toEqual([])
    expect(pieces.next().value).toBe('1')
    expect(rendered).toEqual([0])
    expect([...pieces]).toEqual(['\n2', '\n3'])
    expect([...context.stream()]).toEqual([])
    expect([...context.user('').user('a').user('').stream()]).toEqual(['\na', '\n'])
    expect(() => context.stream(3 as unknown as {})).toThrow(TypeError)
  })

  it('refuses assigns that are no object', () => {
    expect(() => context.user('').render('name' as unknown as {})).toThrow(
      'Expected "assigns" to be an object of values by name, got a string ("name").',
    )
  })
})
