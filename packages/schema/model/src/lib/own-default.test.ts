import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineModel } from './define-model.ts'
import { field } from './field.ts'

class Point {
  readonly x = 1
}

describe('a default that can be changed', () => {
  const given = {
    at: new Date(0),
    seen: new Map([['a', new Set([1])]]),
    bytes: new Uint8Array([1]),
    plain: { list: [1] },
  }
  const Event = defineModel('Event', {
    at: field(z.date(), { default: given.at }),
    seen: field(z.map(z.string(), z.set(z.number())), { default: given.seen }),
    bytes: field(z.instanceof(Uint8Array), { default: given.bytes }),
    more: field(z.any(), { default: { deep: [given.at] } }),
  })
  const untouched = {
    at: new Date(0),
    seen: new Map([['a', new Set([1])]]),
    bytes: new Uint8Array([1]),
    more: { deep: [new Date(0)] },
  }

  it('is the own one of each instance', () => {
    for (let count = 0; count < 12; count++) {
      const event = Event.parse({}) as { [Key in keyof typeof untouched]: (typeof untouched)[Key] }
      expect(event).toEqual(untouched)
      event.at.setTime(1)
      event.seen.get('a')?.add(2)
      event.bytes[0] = 9
      event.more.deep[0]?.setTime(1)
    }
    expect(given.at.getTime()).toBe(0)
  })

  it('does not change with what it was made of', () => {
    const at = new Date(0)
    const Later = defineModel('Later', { at: field(z.date(), { default: at }) })
    at.setTime(5)
    expect(Later.parse({})).toEqual({ at: new Date(0) })
  })

  it('stands in the JSON Schema', () => {
    const { properties } = Event.toJsonSchema().schema as { properties: Record<string, { default?: unknown }> }
    expect(properties['at']?.default).toBe('1970-01-01T00:00:00.000Z')
    const Counts = defineModel('Counts', {
      counts: field(z.map(z.string(), z.number()), { default: new Map([['a', 1]]) }),
    })
    expect(JSON.stringify(Counts.toJsonSchema().schema)).toContain('"default":[["a",1]]')
  })

  it('is shared where it cannot be copied, unless a function makes it', () => {
    const Shared = defineModel('Shared', { point: field(z.instanceof(Point), { default: new Point() }) })
    expect(Shared.parse({}).point).toBe(Shared.parse({}).point)
    const Own = defineModel('Own', { point: field(z.instanceof(Point), { default: () => new Point() }) })
    expect(Own.parse({}).point).not.toBe(Own.parse({}).point)
  })
})
