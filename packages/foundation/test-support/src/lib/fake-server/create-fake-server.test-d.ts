import { expectTypeOf } from 'vitest'
import { createFakeClaude } from '../fake-claude/create-fake-claude.ts'
import { createFakeGemini } from '../fake-gemini/create-fake-gemini.ts'
import { createFakeServer, type FakeServer } from './create-fake-server.ts'
import type { FakeStep } from './fake-step.ts'

expectTypeOf(createFakeServer(() => ({}))).resolves.toEqualTypeOf<FakeServer<FakeStep>>()

interface WordStep extends FakeStep {
  readonly word: string
}
const words: WordStep[] = [{ word: 'one', frameDelay: 5 }]
void createFakeServer((_, step) => {
  expectTypeOf(step).toEqualTypeOf<WordStep | undefined>()
  return { body: step?.word }
}, words)

void createFakeClaude(['Hello.', { text: 'Bye.', stopReason: 'max_tokens' }])
void createFakeGemini(({ index }) => (index === 0 ? 'Hello.' : { blockReason: 'SAFETY' }))

// @ts-expect-error -- a misspelt fault
void createFakeClaude([{ fault: { type: 'stal' } }])
// @ts-expect-error -- only a cut and a stall can come before the headers
void createFakeClaude([{ fault: { type: 'malformed-frame', at: 'headers' } }])
// @ts-expect-error -- the finish reason belongs to the other vendor
void createFakeClaude([{ finishReason: 'STOP' }])
