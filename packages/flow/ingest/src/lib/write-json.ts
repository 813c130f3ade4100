import { jsonLeaves } from './json-leaves.ts'
import { JsonScanner } from './json-scanner.ts'
import type { Locator } from './locator.ts'
import { partSize } from './part-size.ts'
import type { RenderedText } from './rendered-text.ts'

/** What of a source is written, and how. */
export interface WriteJsonOptions {
  readonly locator: Locator
  readonly start: number
  readonly end: number
  /** Whether all of it is one record. */
  readonly whole: boolean
}

/**
 * Writes a JSON value as lines of `path: value`, a block for each record. Yields when there is a part to take.
 *
 * @throws JsonSyntaxError
 */
export function* writeJson(
  rendered: RenderedText,
  text: string,
  { locator, start, end, whole }: WriteJsonOptions,
): Generator<void, void, undefined> {
  const scanner = new JsonScanner(text, start, end)
  rendered.endBlock()
  for (const leaf of jsonLeaves(scanner)) {
    if (leaf.startsRecord && !whole) rendered.endBlock()
    const follows = leaf.follows && rendered.inBlock
    if (rendered.length >= partSize && !follows) yield
    else if (rendered.length >= 2 * partSize) yield
    const goesOn = follows && rendered.inBlock
    if (!rendered.inBlock) rendered.startBlock()
    rendered.startLine(goesOn ? ', ' : '\n')
    const line = goesOn || leaf.path === '' ? leaf.value : `${leaf.path}: ${leaf.value}`
    rendered.write(line, locator.start(leaf.start), locator.end(leaf.end))
  }
  rendered.endBlock()
  const rest = scanner.next()
  if (rest.kind !== 'end') throw scanner.unexpected('the end')
}
