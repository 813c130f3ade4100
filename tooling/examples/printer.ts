import { AssertionError } from 'node:assert'
import { format } from 'node:util'

export interface ExpectedOutput {
  /** Where the `console.log` stands: `README.md:33`. */
  readonly place: string
  readonly text: string
}

export interface Printer {
  /** One for each expectation; takes what `console.log` takes. */
  readonly print: readonly ((...values: unknown[]) => void)[]
  /** Throws unless each has printed what was expected, all its calls together. */
  verify(): void
}

/** Collects what the `console.log` calls of an example print. */
export function createPrinter(expected: readonly ExpectedOutput[]): Printer {
  const printed = expected.map((): string[] => [])
  return {
    print: printed.map((lines) => (...values: unknown[]) => {
      lines.push(format(...values))
    }),
    verify() {
      for (const [index, { place, text }] of expected.entries()) {
        const lines = printed[index] ?? []
        const actual = lines.join('\n').replaceAll(/[^\S\n]+$/gm, '')
        if (lines.length > 0 && actual === text) continue
        const got = lines.length === 0 ? 'It was never reached.' : `It printed:\n${actual}`
        const message = `${place} should print:\n${text}\n\n${got}`
        throw new AssertionError({ message, actual, expected: text })
      }
    },
  }
}
