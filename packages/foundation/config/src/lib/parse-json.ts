import { UnreadableSourceError } from './unreadable-source-error.ts'

/** Parses a file. The message of `JSON.parse` is not passed on: it quotes the text, which may hold secrets. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const position = positionIn(error instanceof Error ? error.message : '', text)
    const place = position === undefined ? name : `${name}:${lineAndColumn(text, position)}`
    throw new UnreadableSourceError('JSON', 'something else', { place })
  }
}

/** Where `JSON.parse` stopped. For a value that cannot begin like this, it quotes the text around it instead. */
function positionIn(message: string, text: string): number | undefined {
  const position = / at position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return Number(position)
  return message.startsWith('Unexpected end') ? text.length : undefined
}

/** `3:9`, both from 1. */
function lineAndColumn(text: string, position: number): string {
  const before = text.slice(0, position)
  const lineStart = before.lastIndexOf('\n') + 1
  return `${before.split('\n').length}:${position - lineStart + 1}`
}
