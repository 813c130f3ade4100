import * as char from './char.ts'
import { isLiteralAt, skipSpace } from './look-ahead.ts'
import { at } from './source.ts'

/** What stands before parentheses without being called. */
const notCalled = /^(?:function|if|for|while|switch|return)$/

/** The length of `ObjectId(` or `new Date(` at an offset, else 0. */
export function callLength(text: string, offset: number): number {
  if (!char.isLetter(at(text, offset)) || isLiteralAt(text, offset)) return 0
  let index = offset
  if (text.startsWith('new ', offset)) index = skipSpace(text, offset + 4)
  const name = index
  while (
    index < name + 64 &&
    (char.isLetter(at(text, index)) || char.isDigit(at(text, index)) || at(text, index) === char.dot)
  ) {
    index++
  }
  if (at(text, index) !== char.openParenthesis || notCalled.test(text.slice(name, index))) return 0
  return index + 1 - offset
}
