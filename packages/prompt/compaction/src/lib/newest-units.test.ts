import { type Context, createContext } from '@empire/context'
import { describe, expect, it } from 'vitest'
import { createSlots } from './draft-slots.ts'
import { newestUnits } from './newest-units.ts'

const base = createContext()
  .user('Q')
  .toolCall({ id: 'old', tool: 't', args: {} })
  .user('Again')
  .toolCall({ id: 'a', tool: 't', args: {} })
  .toolCall({ id: 'b', tool: 't', args: {} })
  .toolCall({ id: 'c', tool: 't', args: {} })

function newest({ messages }: Context): number[] {
  return [...newestUnits(createSlots(messages).map(({ item }) => item))].toSorted()
}

describe('newestUnits', () => {
  it('are that of the last message, and the calls at the end that wait for their results', () => {
    expect(newest(base)).toEqual([3, 4, 5])
    expect(newest(base.toolResult({ id: 'b', result: 'B' }))).toEqual([3, 4, 5])
    expect(newest(base.toolResult({ id: 'b', result: 'B' }).toolResult({ id: 'a', result: 'A' }))).toEqual([3, 5])
  })

  it('are that of the last message alone where something else was said since', () => {
    expect(newest(base.user('Never mind'))).toEqual([6])
    expect(newest(createContext())).toEqual([])
  })
})
