import { type Context, createContext } from '@empire/context'
import { describe, expect, it } from 'vitest'
import { prepareRequest } from './prepare-request.ts'
import { requestHash } from './request-data.ts'

const hash = (messages: Context): string => requestHash({ id: 'm' }, prepareRequest({ messages }))
const cut = (text: string): string => hash(createContext().user(text))
const withMetadata = (metadata: Readonly<Record<string, unknown>>): string =>
  hash(createContext().user('Summarise the video.', { metadata }))

const ask = (id: string): Context =>
  createContext()
    .user('Weather?', { id: `message ${id}` })
    .toolCall({ id, tool: 'weather', args: {} })
    .toolResult({ id, result: 'sun' })

describe('requestHash', () => {
  it('is the same for conversations that differ in the ids of messages and tool calls', () => {
    expect(hash(ask('a'))).toBe(hash(ask('b')))
  })

  it.each(['claude', 'gemini', 'openai', 'aiSdk', 'reasoning'])(
    'differs with what a model reads in metadata.%s',
    (name) => {
      expect(withMetadata({ [name]: { from: '10s' } })).not.toBe(withMetadata({ [name]: { from: '90s' } }))
    },
  )

  it('differs when two results change places', () => {
    const asked = createContext()
      .toolCall({ id: 'a', tool: 'weather', args: {} })
      .toolCall({ id: 'b', tool: 'weather', args: {} })
    const answer = (first: string, second: string): string =>
      hash(asked.toolResult({ id: first, result: 'sun' }).toolResult({ id: second, result: 'rain' }))
    expect(answer('a', 'b')).not.toBe(answer('b', 'a'))
  })

  it('does not differ with metadata that no model reads', () => {
    expect(withMetadata({ trace: 1 })).toBe(withMetadata({ trace: 2 }))
  })

  it('takes half a surrogate pair', () => {
    expect(cut('a\ud83d')).not.toBe(cut('b\ud83d'))
  })
})
