import { type BulletStyle, checkBulletStyle } from './bullet-style.ts'
import { mismatch } from './check-content.ts'
import { type AmbiguousLine, parseData } from './parse-data.ts'
import { freezeData } from './prompt-json.ts'
import { type Prompt, promptOf } from './prompt.ts'
import { type RenderOptions, resolveRenderOptions } from './render-options.ts'
import type { Vocabulary } from './stage.ts'

/** Options of `parsePrompt`: those that the text was rendered with, and what the text does not say. */
export interface ParseOptions<Symbols extends object = Vocabulary> extends RenderOptions {
  /** The vocabulary: sections with the title of a stage are that stage. Default: none. */
  stages?: Symbols | undefined
  /**
   * Bullets with letters or digits, such as `Step:`, or that begin with another one, such as `- [ ]`. Others of signs are
   * known. Default: none.
   */
  bullets?: readonly BulletStyle[] | undefined
}

/** What `parsePrompt` gives. */
export interface ParsedPrompt<Symbols extends object = Vocabulary> {
  /** The document; rendered with the same options it gives the text again, if the text is a rendering. */
  readonly prompt: Prompt<Symbols>
  /**
   * The lines that can be read in another way too, from the first to the last. With none, all that was taken for markup is
   * what the renderer writes there by itself; a text that is that to the letter cannot be told from it.
   */
  readonly ambiguous: readonly AmbiguousLine[]
}

/**
 * The document that a text is the rendering of; any text is taken, as a prologue if nothing else.
 *
 * The README says which lines are ambiguous. Throws `TypeError` for what is no text, and for options that are not known.
 */
export function parsePrompt<Symbols extends object = Vocabulary>(
  text: string,
  options: ParseOptions<Symbols> = {},
): ParsedPrompt<Symbols> {
  if (typeof text !== 'string') throw mismatch('text', 'a text', text)
  const form = resolveRenderOptions(options, ['stages', 'bullets'])
  const { stages, bullets = [] } = options
  if (!Array.isArray(bullets)) throw mismatch('bullets', 'an array', bullets)
  const told = bullets.map((style, index) => checkBulletStyle(style, `bullets[${index}]`))
  const vocabulary = promptOf({ version: 1, sections: [] }, stages).stages as Vocabulary
  const { data, ambiguous } = parseData(text, { form, told, vocabulary })
  return { prompt: promptOf(freezeData(data), stages), ambiguous }
}
