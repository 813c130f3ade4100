import { createFakeServer } from '@empire/test-support/fake-server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { patientFetch } from './patient-fetch.ts'

const key = Symbol.for('undici.globalDispatcher.1')
const platform = globalThis as { [key]?: { dispatch(options: object, handler: unknown): boolean } | undefined }

describe('patientFetch', () => {
  it('sends without the limits of Node, by what the application sends with', async () => {
    await using server = await createFakeServer(({ body }) => ({ body: `You said ${body}.` }))
    // The first use makes the platform ready.
    expect(new Headers().has('a')).toBe(false)
    const usual = platform[key]
    const seen: object[] = []
    onTestFinished(() => {
      platform[key] = usual
    })
    platform[key] = {
      dispatch(options, handler) {
        seen.push(options)
        return usual?.dispatch(options, handler) ?? false
      },
    }
    const response = await patientFetch(server.url, { method: 'POST', body: 'hello' })
    expect(await response.text()).toBe('You said hello.')
    expect(seen).toMatchObject([{ method: 'POST', headersTimeout: 0, bodyTimeout: 0 }])
  })
})
