import type { LetterContent } from './create-dead-letter.ts'
import type { StepFailure } from './retry-step.ts'
import type { RunLetters } from './run-letters.ts'
import type { SourceItem } from './source.ts'
import { stepError } from './step-error.ts'
import type { Tally } from './tally.ts'

/** Ends an item that failed for good with a dead letter. */
export async function buryItem(
  { letters, tally }: { readonly letters: RunLetters; readonly tally: Tally },
  item: Pick<SourceItem, 'id' | 'path' | 'version'>,
  { step, error: thrown, attempts }: StepFailure,
  content?: LetterContent,
): Promise<void> {
  // What failed for several items at once is told of each.
  const error = thrown.path === item.path ? thrown : stepError(step, item.path, thrown.cause ?? thrown)
  const letter = await letters.add({ item, content, step, error, attempts })
  const problem = error.toProblem()
  tally.end({ type: 'dead-lettered', id: item.id, problem, letter, error: error.cause ?? error })
}
