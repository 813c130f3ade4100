import type { DeadLetter, DeadLetterFilter } from './dead-letter.ts'

/** Whether a letter is meant by a filter. */
export function matchesFilter(letter: DeadLetter, filter: DeadLetterFilter): boolean {
  const { id = letter.id, source = letter.source, errorClass = letter.errorClass, step = letter.step } = filter
  return letter.id === id && letter.source === source && letter.errorClass === errorClass && letter.step === step
}
