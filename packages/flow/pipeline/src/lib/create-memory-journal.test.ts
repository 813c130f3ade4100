import { runConformance } from '@empire/test-support'
import { describe, expect, it } from 'vitest'
import { createMemoryJournal } from './create-memory-journal.ts'
import { journalCases, type JournalPlace } from './journal-cases.ts'

function create(): JournalPlace {
  const journal = createMemoryJournal()
  return { open: () => journal }
}

describe('createMemoryJournal', () => {
  runConformance(journalCases({ create }), { it, describe })

  it('keeps entries as they were when they were appended', async () => {
    const journal = createMemoryJournal()
    const run = { runId: 'r', pipeline: 'p', fingerprint: 'f', shape: { name: 'p', steps: [] }, at: 1 }
    const session = await journal.open(run)
    const output = { text: 'before' }
    await session.append({ type: 'step-end', key: 'a', at: 1, output })
    output.text = 'after'
    expect(await journal.read('r')).toMatchObject({ entries: [{ output: { text: 'before' } }] })
  })
})
