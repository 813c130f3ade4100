import { lineAndColumn } from './line-and-column.ts'
import { UnreadableSourceError } from './unreadable-source-error.ts'

/** Parses a file. The message of `JSON.parse` is not passed on: it quotes the text, which may hold secrets. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const place = `${name}:${lineAndColumn(text, positionOf(text))}`
    throw new UnreadableSourceError('JSON', 'something else', { place })
  }
}

function positionOf(text: string): number {
  const message = faultOf(text)
  const position = / at position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return Number(position)
  return isUnexpectedToken(message) ? positionOfToken(text) : text.length
}

/** For a value that cannot begin like this, `JSON.parse` gives no position; but no text that ends before it has this fault. */
function positionOfToken(text: string): number {
  let before = 0
  let behind = text.length
  while (behind - before > 1) {
    const middle = (before + behind) >> 1
    if (isUnexpectedToken(faultOf(text.slice(0, middle)))) behind = middle
    else before = middle
  }
  return before
}

function faultOf(text: string): string {
  try {
    JSON.parse(text)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
}

function isUnexpectedToken(message: string): boolean {
  return message.startsWith('Unexpected token')
}
