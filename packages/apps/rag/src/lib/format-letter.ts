import { type DeadLetter, printable } from '@empire/ingest'
import { formatText } from './format-answer.ts'

/** A dead letter in one line. */
export function formatLetterLine({ id, errorClass, step, message }: DeadLetter): string {
  return [id, `${errorClass} at ${step}`, message].map(printable).join('  ')
}

/** All of a dead letter that a person may want to read. */
export function formatLetter(letter: DeadLetter): string {
  const { id, item, step, errorClass, message, stack, attempts, at, replays, input } = letter
  const facts = {
    Letter: id,
    Path: item.path,
    Failed: `${errorClass} at ${step}, ${new Date(at).toISOString()}`,
    Attempts: `${attempts} in that run, replayed ${replays} times`,
    Message: message,
    ...(input && { Content: `${input.mediaType}, ${input.complete ? 'complete' : 'the beginning of it'}` }),
  }
  const lines = Object.entries(facts).map(([name, value]) => `${name.padEnd(8)}  ${printable(value)}`)
  const parts = [
    lines.join('\n'),
    ...(stack === undefined ? [] : [stack]),
    ...(input ? [contentOf(input.content)] : []),
  ]
  return `${formatText(parts.join('\n\n'))}\n`
}

const longest = 2000

function contentOf(base64: string): string {
  const text = Buffer.from(base64, 'base64').toString('utf8')
  return text.length > longest ? `${text.slice(0, longest)}… --json has all of it.` : text
}
