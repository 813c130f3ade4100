import { type Context, createContext } from '@empire/context'
import { describe, expect, it } from 'vitest'
import type { CompactionDraft, DraftMessage } from './compaction-draft.ts'
import { compact } from './compact.ts'

const letters = { name: 'letters', exact: true, count: (text: string) => text.length }
const texts = ({ messages }: Context): string => messages.map(({ raw }) => raw).join(' ')

const context = createContext({ tokenCounter: letters })
  .system('S')
  .user('Q')
  .toolCall({ id: 'a', tool: 't', args: {} })
  .toolCall({ id: 'b', tool: 't', args: {} })
  .toolResult({ id: 'b', result: 'B' })
  .toolResult({ id: 'a', result: 'A' })
  .assistant('E')

function edit(run: (draft: CompactionDraft) => void | Promise<void>, of = context): Promise<Context> {
  return compact(of, { name: 'own', run })
}

function at(draft: CompactionDraft, position: number): DraftMessage {
  return draft.messages[position] as DraftMessage
}

describe('a draft', () => {
  it('says which messages belong together, and which are protected', async () => {
    const pinned = context.user('P', { pinned: true }).toolCall({ id: 'a', tool: 't', args: {}, pinned: true })
    await edit(
      (draft) => {
        expect(draft.messages.map(({ index, unit, isProtected }) => [index, unit, isProtected])).toEqual([
          [0, 0, true],
          [1, 1, false],
          [2, 2, false],
          [3, 3, false],
          [4, 3, false],
          [5, 2, false],
          [6, 6, false],
          [7, 7, true],
          [8, 8, true],
          [9, 8, true],
        ])
      },
      pinned.toolResult({ id: 'a', result: 'again' }),
    )
  })

  it('removes a call with its result, from either end', async () => {
    expect(texts(await edit((draft) => draft.remove(at(draft, 2), 'why')))).toBe('S Q {} B E')
    expect(texts(await edit((draft) => draft.remove(at(draft, 4), 'why')))).toBe('S Q {} A E')
  })

  it('takes it calmly that a message is gone already', async () => {
    const compacted = await edit((draft) => {
      const gone = at(draft, 2)
      draft.remove(gone, 'why')
      draft.remove(gone, 'again')
      draft.stub(at(draft, 3), 'stub', 'why')
    })
    expect(texts(compacted)).toBe('S Q {} stub E')
  })

  it('counts along', async () => {
    await edit((draft) => {
      const { tokens } = draft
      expect(tokens).toBe(context.tokenCount())
      expect(draft.tokensOf(at(draft, 0))).toBe(5)
      draft.remove(at(draft, 2), 'why')
      expect(draft.tokens).toBe(tokens - 7 - 5)
      draft.shorten(at(draft, 4), 'shorter', 'why')
      expect(draft.tokens).toBe(tokens - 7 - 5 + 6)
      draft.summarize(draft.messages.slice(1), 'sum', 'why')
      expect(draft.tokens).toBe(5 + 7 + 3)
    })
    await edit((draft) => {
      for (const message of draft.messages) draft.remove(message, 'why')
      expect(draft.tokens).toBe(0)
    }, context.slice(1))
  })

  it('knows a message by each of its forms', async () => {
    const compacted = await edit((draft) => {
      const first = at(draft, 1)
      draft.shorten(first, 'q', 'why')
      draft.shorten(first, 'r', 'why')
      draft.shorten(at(draft, 1), 's', 'why')
      expect(draft.tokensOf(first)).toBe(5)
    })
    expect(compacted.messages[1]).toMatchObject({ raw: 's', id: context.messages[1]?.id, tags: ['shortened'] })
  })

  it('puts the summary where no call waits for its result', async () => {
    const first = await edit((draft) => draft.summarize([at(draft, 3), at(draft, 1)], 'sum', 'why'))
    expect(texts(first)).toBe('S sum {} A E')
    const behind = await edit((draft) => draft.summarize([at(draft, 3)], 'sum', 'why'))
    expect(texts(behind)).toBe('S Q {} A sum E')
  })

  it('summarises summaries', async () => {
    const compacted = await edit((draft) => {
      draft.summarize([at(draft, 1)], 'one', 'why')
      draft.summarize([at(draft, 2)], 'two', 'why')
      draft.summarize([at(draft, 1), at(draft, 5)], 'three', 'why')
    })
    expect(texts(compacted)).toBe('S three two {} B')
  })

  it('lets nobody change what is protected', async () => {
    await expect(edit((draft) => draft.remove(at(draft, 0), 'why'))).rejects.toThrow(
      new TypeError(
        'own must not remove messages[0] (system): it is pinned, the first system message, or of one unit with these. Leave out those whose "isProtected" is true.',
      ),
    )
    const pinned = context.user('P', { pinned: true })
    await expect(edit((draft) => draft.shorten(at(draft, 7), '', 'why'), pinned)).rejects.toThrow(TypeError)
    await expect(edit((draft) => draft.summarize(draft.messages, 'all', 'why'))).rejects.toThrow(TypeError)
  })

  it('refuses to cut what is no text, and texts that are none', async () => {
    await expect(edit((draft) => draft.shorten(at(draft, 2), '{', 'why'))).rejects.toThrow(
      new TypeError('A message of the role tool has no text to shorten. Remove it instead.'),
    )
    await expect(edit((draft) => draft.shorten(at(draft, 1), 3 as never, 'why'))).rejects.toThrow(
      new TypeError('"text" must be a string, got a number (3).'),
    )
  })

  it('knows only its own messages', async () => {
    await expect(edit((draft) => draft.remove({ ...at(draft, 1) }, 'why'))).rejects.toThrow(
      new TypeError('own: this message is not one of the draft\'s. Take it from "draft.messages".'),
    )
    await expect(edit((draft) => draft.summarize([], 'nothing', 'why'))).rejects.toThrow(
      new TypeError('own: none of the messages to summarize is in the draft.'),
    )
  })

  it('is finished when its strategy is', async () => {
    let late: (() => void) | undefined
    await edit((draft) => {
      late = () => draft.remove(at(draft, 1), 'why')
    })
    expect(late).toThrow(new TypeError('own changes a draft that is finished. Is an "await" missing?'))
  })
})
