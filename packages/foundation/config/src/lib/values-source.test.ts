import { describe, expect, it } from 'vitest'
import { valuesSource } from './values-source.ts'

const context = { signal: new AbortController().signal, jsonSchema: {}, below: {} }

describe('valuesSource', () => {
  it('gives the values as they are at each load', async () => {
    const values = { port: 1 }
    const source = valuesSource('arguments', values)
    values.port = 2
    await expect(source.load(context)).resolves.toEqual({ values: { port: 2 } })
  })

  it('asks a function, and hands it the signal', async () => {
    const source = valuesSource('vault', async ({ signal }) => ({ aborted: signal.aborted }))
    await expect(source.load(context)).resolves.toEqual({ values: { aborted: false } })
  })

  it('refuses wrong arguments', () => {
    expect(() => valuesSource('', {})).toThrow('name must be a string that is not empty, got a string ("").')
    expect(() => valuesSource('a', null as never)).toThrow('values must be an object or a function, got null.')
    expect(() => valuesSource('a', [1] as never)).toThrow('values must be an object or a function, got an array.')
  })
})
