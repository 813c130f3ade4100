import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { defineEvents, listEvents } from './define-events.ts'

const leave: (() => void)[] = []
afterEach(() => {
  for (const end of leave.splice(0)) end()
})

/** Hears a channel as any program would, without our package. */
function listen(name: string): unknown[] {
  const heard: unknown[] = []
  const hear = (message: unknown): unknown => heard.push(message)
  subscribe(name, hear)
  leave.push(() => unsubscribe(name, hear))
  return heard
}

describe('publish', () => {
  const events = defineEvents(
    'test',
    {
      'value-read': { description: 'A value was read.', fields: { tier: ['memory', 'store'], bytes: 'sum' } },
      tick: { description: 'Time went on.' },
      failed: { description: 'Something failed.', fields: { error: 'detail' } },
    },
    { now: () => 1000 },
  )

  it('sends the payload with the time to the diagnostics channel empire:<package>:<event>', () => {
    const heard = listen('empire:test:value-read')
    events['value-read'].publish({ tier: 'memory', bytes: 3 })
    expect(heard).toEqual([{ tier: 'memory', bytes: 3, at: 1000 }])
    expect(events['value-read'].name).toBe('empire:test:value-read')
  })

  it('needs no payload for an event without fields', () => {
    const heard = listen('empire:test:tick')
    events.tick.publish()
    expect(heard).toEqual([{ at: 1000 }])
  })

  it('takes the time from the payload where it is known better', () => {
    const heard = listen('empire:test:tick')
    events.tick.publish({ at: 7 })
    expect(heard).toEqual([{ at: 7 }])
  })

  it('leaves the payload alone, and hands details on as they are', () => {
    const heard = listen('empire:test:failed')
    const payload = Object.freeze({ error: new Error('lost') })
    events.failed.publish(payload)
    expect(heard).toEqual([{ error: payload.error, at: 1000 }])
    expect((heard[0] as typeof payload).error).toBe(payload.error)
  })

  it('hands details on as copies where they hold secrets', () => {
    const heard = listen('empire:test:failed')
    const error = new Error('refused redis://:hunter2@cache')
    events.failed.publish({ error })
    events.failed.publish({})
    expect(heard).toEqual([{ error: new Error('refused redis://:[redacted]@cache'), at: 1000 }, { at: 1000 }])
    expect(error.message).toContain('hunter2')
  })

  it('does not look at the clock while nobody listens', () => {
    const now = vi.fn<() => number>(() => 0)
    const { silent } = defineEvents('test', { silent: { description: 'Nobody listens.' } }, { now })
    silent.publish()
    expect(now).not.toHaveBeenCalled()
  })

  it.each([null, undefined, 7])('does not fail its caller who gives %j as a payload', (payload) => {
    const { odd } = defineEvents('test', { odd: { description: 'It was odd.' } }, { now: () => 1 })
    const heard = listen('empire:test:odd')
    odd.publish(payload as never)
    expect(heard).toMatchObject([{ at: 1 }])
  })

  it('stamps with the time of the platform by default', () => {
    const { stamped } = defineEvents('test', { stamped: { description: 'It was stamped.' } })
    const heard = listen('empire:test:stamped')
    const before = Date.now() - 1
    stamped.publish()
    const { at } = heard[0] as { at: number }
    expect(at).toBeGreaterThanOrEqual(before)
    expect(at).toBeLessThanOrEqual(Date.now() + 1)
  })
})

describe('subscribe', () => {
  const { opened } = defineEvents('test', { opened: { description: 'It was opened.', fields: { name: 'label' } } })

  it('hears events until it leaves', () => {
    const heard: string[] = []
    expect(opened.hasSubscribers).toBe(false)
    const end = opened.subscribe(({ name }) => heard.push(name))
    expect(opened.hasSubscribers).toBe(true)
    opened.publish({ name: 'first' })
    end()
    opened.publish({ name: 'second' })
    expect(heard).toEqual(['first'])
    expect(opened.hasSubscribers).toBe(false)
  })

  it('leaves once for each time that a listener came, however often it is told to', () => {
    const heard: string[] = []
    const listener = ({ name }: { name: string }): unknown => heard.push(name)
    const ends = [opened.subscribe(listener), opened.subscribe(listener)] as const
    ends[0]()
    ends[0]()
    opened.publish({ name: 'once' })
    ends[1]()
    expect(heard).toEqual(['once'])
  })

  it('hears what others publish on the channel', () => {
    const heard: unknown[] = []
    leave.push(opened.subscribe((message) => heard.push(message)))
    channel('empire:test:opened').publish('anything')
    expect(heard).toEqual(['anything'])
  })

  it('refuses a listener that is no function', () => {
    expect(() => opened.subscribe('me' as never)).toThrow(
      new TypeError('subscribe: "listener" must be a function, got string.'),
    )
  })
})

describe('defineEvents', () => {
  it('lists what it defines, by name', () => {
    const fields = { tokens: 'sum', outcome: ['ok', 'failed'] } as const
    defineEvents('list-test', {
      second: { description: 'Second.' },
      first: { description: 'First.', fields },
    })
    const listed = listEvents().filter((event) => event.package === 'list-test')
    expect(listed).toEqual([
      { name: 'empire:list-test:first', package: 'list-test', description: 'First.', fields },
      { name: 'empire:list-test:second', package: 'list-test', description: 'Second.', fields: {} },
    ])
    expect(JSON.parse(JSON.stringify(listed))).toEqual(listed)
  })

  it('keeps its lists of names when the given ones are changed', () => {
    const state = ['on', 'off']
    defineEvents('list-copy', { turned: { description: 'Turned.', fields: { state } } })
    state.push('broken')
    expect(listEvents().find(({ package: owner }) => owner === 'list-copy')?.fields).toEqual({ state: ['on', 'off'] })
  })

  it('gives another end of the same channel for an event that is defined again, and keeps the first definition', () => {
    const one = defineEvents('twice', { done: { description: 'First copy.' } })
    const two = defineEvents('twice', { done: { description: 'Second copy.' } })
    const heard: unknown[] = []
    leave.push(one.done.subscribe((message) => heard.push(message)))
    two.done.publish({ at: 1 })
    expect(heard).toEqual([{ at: 1 }])
    expect(listEvents().filter((event) => event.package === 'twice')).toMatchObject([{ description: 'First copy.' }])
  })

  it('takes names that objects have by themselves', () => {
    const events = defineEvents('test', { constructor: { description: 'Built.', fields: { constructor: 'label' } } })
    const heard = listen('empire:test:constructor')
    events.constructor.publish({ constructor: 'me', at: 0 })
    expect(heard).toEqual([{ constructor: 'me', at: 0 }])
  })

  const description = 'It happened.'
  it.each([
    ['Test', {}, 'defineEvents: "packageName" must be in kebab-case, got "Test".'],
    [undefined, {}, 'defineEvents: "packageName" must be in kebab-case, got undefined.'],
    ['test', { stepEnd: { description } }, 'defineEvents: the name of an event must be in kebab-case, got "stepEnd".'],
    ['test', { 'a:b': { description } }, 'defineEvents: the name of an event must be in kebab-case, got "a:b".'],
    ['test', undefined, 'defineEvents: "events" must be an object, got undefined.'],
    ['test', { end: null }, 'defineEvents: end must be an object, got null.'],
    [
      'test',
      { end: { description, fields: ['size'] } },
      'defineEvents: "fields" of end must be an object, got an array.',
    ],
    ['test', { end: {} }, 'defineEvents: "description" of end must be a sentence, got undefined.'],
    ['test', { end: { description: '' } }, 'defineEvents: "description" of end must be a sentence, got "".'],
    [
      'test',
      { end: { description, fields: { 'a-b': 'label' } } },
      'defineEvents: a field of end must be in camelCase, got "a-b".',
    ],
    [
      'test',
      { end: { description, fields: JSON.parse('{ "__proto__": "label" }') } },
      'defineEvents: a field of end must be in camelCase, got "__proto__".',
    ],
    [
      'test',
      { end: { description, fields: { at: 'sum' } } },
      'defineEvents: a field of end is named "at", which is the time of every event.',
    ],
    [
      'test',
      { end: { description, fields: { size: 'number' } } },
      'defineEvents: "size" of end must be one of label, sum, duration, detail, content, or a list of names, got "number".',
    ],
    [
      'test',
      { end: { description, fields: { state: [] } } },
      'defineEvents: "state" of end must be one of label, sum, duration, detail, content, or a list of names, got an array.',
    ],
  ])('refuses %j %j', (name, events, message) => {
    expect(() => defineEvents(name as string, events as never)).toThrow(new TypeError(message))
  })

  it('refuses a clock that is no function', () => {
    expect(() => defineEvents('test', {}, { now: 1000 as never })).toThrow(
      new TypeError('defineEvents: "now" must be a function, got number.'),
    )
  })
})
