import { jsonLeaves } from './json-leaves.ts'
import { JsonScanner } from './json-scanner.ts'
import type { Locator } from './locator.ts'
import { partSize } from './part-size.ts'
import type { RenderedPart, RenderedText } from './rendered-text.ts'

/** What of a source is written, and how. */
export interface WriteJsonOptions {
  readonly locator: Locator
  readonly start: number
  readonly end: number
  /** Whether all of it is one record. */
  readonly whole: boolean
}

/**
 * Writes a JSON value as lines of `path: value`, a block for each record. Yields what is large enough for a part.
 *
 * @throws JsonSyntaxError
 */
export function* writeJson(
  rendered: RenderedText,
  text: string,
  { locator, start, end, whole }: WriteJsonOptions,
): Generator<RenderedPart, void, undefined> {
  const scanner = new JsonScanner(text, start, end)
  rendered.endBlock()
  for (const leaf of jsonLeaves(scanner)) {
    if (leaf.startsRecord && !whole) rendered.endBlock()
    const follows = leaf.follows && rendered.inBlock
    // Not within a line, unless that alone is too large.
    if (rendered.length >= (follows ? 2 * partSize : partSize)) yield rendered.takePart()!
    const goesOn = follows && rendered.inBlock
    if (!rendered.inBlock) rendered.startBlock()
    rendered.startLine(goesOn ? ', ' : '\n')
    const name = goesOn || leaf.path === '' ? '' : `${leaf.path}: `
    rendered.write(name, leaf.value, locator.start(leaf.start), locator.end(leaf.end))
  }
  rendered.endBlock()
  const rest = scanner.next()
  if (rest.kind !== 'end') throw scanner.unexpected('the end')
}
