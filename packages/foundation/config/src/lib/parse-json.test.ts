import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from './parse-json.ts'

describe('parseJson', () => {
  it('gives the value', () => {
    expect(parseJson('{"a": [1, null]}', 'a.json')).toEqual({ a: [1, null] })
  })

  it.each([
    ['an unquoted value', '{\n  "password": hunter2\n}', 'a.json:2:15'],
    ['a trailing comma', '{"a": 1,\n}', 'a.json:2:1'],
    ['an open object', '{"a": {', 'a.json:1:8'],
    ['an open string', '{"a": "hunter2', 'a.json:1:15'],
    ['nothing', '', 'a.json:1:1'],
    ['a comment', '{ // why\n}', 'a.json:1:3'],
    ['text after the value', '{} {}', 'a.json:1:4'],
    ['a wrong literal', '{"a": tru, "b": 1}', 'a.json:1:10'],
  ])('says where %s is, and not what it is', (_, text, place) => {
    const error = faultOf(() => parseJson(text, 'a.json'))
    expect(error).toMatchObject({ place, message: 'Expected JSON, received something else.' })
    expect(error).not.toHaveProperty('cause')
  })

  it('finds a place in every text that is not JSON', () => {
    const faults = fc.constantFrom('#', 'x', ']', '}', '"', ',', '')
    const property = fc.property(fc.json(), fc.nat(), faults, (json, at, fault) => {
      const text = json.slice(0, at % (json.length + 1)) + fault
      const error = faultOf(() => parseJson(text, 'f'))
      return error === undefined || /^f:\d+:\d+$/.test((error as { place: string }).place)
    })
    expect(() => fc.assert(property)).not.toThrow()
  })
})

function faultOf(task: () => unknown): unknown {
  try {
    task()
  } catch (error) {
    return error
  }
  return undefined
}
