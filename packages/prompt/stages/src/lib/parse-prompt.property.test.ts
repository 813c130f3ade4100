import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SectionInput } from './check-content.ts'
import { levelForm, listStyle } from './list-style.ts'
import { parsePrompt } from './parse-prompt.ts'
import type { PromptData, Section } from './prompt-data.ts'
import { createPrompt, type Prompt } from './prompt.ts'
import { type RenderForm, type RenderOptions, resolveRenderOptions } from './render-options.ts'

const styles = [
  'number',
  'dash',
  'star',
  'lower-alpha',
  'upper-alpha',
  'roman',
  'upper-roman',
  'none',
  '→',
  '>>',
  '[ ]',
]

/** Styles that a parser takes for another one, or for a text. */
const odd = [...styles, 'Step:', 'o', '- -', '- [ ]', '1.', 'i.', '* 1.']

const markup = fc.constantFrom(
  '- x',
  '* x',
  '1. x',
  '2. x',
  'a. x',
  'b.',
  'i. x',
  '→ x',
  '-',
  'Steps:',
  ':',
  '::',
  '(x)',
  '(',
  ')',
  '()',
  '!!! MANDATORY STEP [x] !!!',
  '!!! END MANDATORY STEP !!!',
  '**x**',
  '**',
  '# x',
  '## x',
  '---',
  '<x>',
  '</x>',
  '<section title="x">',
  '',
  '  ',
  'x',
)
const hostileLine = fc
  .tuple(fc.constantFrom('', '', ' ', '  ', '    ', '\t'), fc.oneof(markup, markup, fc.string()))
  .map(([indent, line]) => indent + line)
const hostileText = fc
  .tuple(fc.array(hostileLine, { maxLength: 6 }), fc.constantFrom('\n', '\r\n', '\r'))
  .map(([lines, end]) => lines.join(end))
const plainLine = fc.stringMatching(/^[a-z]{3,8}( [a-z]{3,8}){0,2}$/)
/** No line looks like markup, and where items have no bullets a text has one line. */
const plainText = fc.array(plainLine, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'))

interface Texts {
  readonly text: fc.Arbitrary<string>
  readonly title: fc.Arbitrary<string>
  readonly bullet: fc.Arbitrary<string>
}

function sectionInputs({ text, title, bullet }: Texts): fc.Arbitrary<SectionInput & { title: string }> {
  return fc.letrec<{ section: SectionInput & { title: string } }>((tie) => ({
    section: fc.record(
      {
        title,
        subtitle: text,
        bullet,
        critical: fc.array(fc.record({ title: text, text }), { maxLength: 2 }),
        items: fc.array(fc.oneof({ depthSize: 'small', withCrossShrink: true }, text, tie('section')), {
          maxLength: 4,
        }),
      },
      { requiredKeys: ['title'] },
    ),
  })).section
}

function prompts(texts: Texts, mostSections = 4): fc.Arbitrary<Prompt> {
  const step = fc.record({ title: texts.text, text: texts.text })
  return fc
    .record({
      role: fc.option(texts.text, { nil: '' }),
      prologue: fc.option(texts.text, { nil: '' }),
      critical: fc.array(step, { maxLength: 2 }),
      sections: fc.array(sectionInputs(texts), { maxLength: mostSections }),
    })
    .map(({ role, prologue, critical, sections }) => {
      let prompt = createPrompt().role(role).prologue(prologue)
      for (const one of critical) prompt = prompt.critical(one)
      for (const section of sections) prompt = prompt.add([section.title], section)
      return prompt
    })
}

const notBlank = (text: string): boolean => text.trim() !== ''
const hostile = prompts({
  text: hostileText,
  title: hostileText.filter(notBlank),
  bullet: fc.constantFrom(...odd),
})
const withBullets = styles.filter((style) => style !== 'none')
const plain = fc.oneof(
  prompts({ text: plainText, title: plainText, bullet: fc.constantFrom(...withBullets) }),
  prompts({ text: plainLine, title: plainLine, bullet: fc.constantFrom(...styles) }),
)

const levels = fc.array(fc.constantFrom('bullet', 'markdown', 'xml'), { maxLength: 3 })
const options: fc.Arbitrary<RenderOptions> = fc.record(
  {
    indent: fc.integer({ min: 1, max: 5 }),
    progression: fc.array(fc.constantFrom(...styles), { maxLength: 4 }),
    fallback: fc.constantFrom(...styles),
    blankLines: fc.integer({ min: 0, max: 2 }),
    levels,
    titleEnd: fc.constantFrom(':', '', ' –'),
    subtitle: fc.constantFrom<[string, string]>(['(', ')'], ['', ''], ['> ', ''], ['_', '_']),
    role: fc.constantFrom<[string, string]>(['**', '**'], ['', ''], ['Role: ', '']),
  },
  { requiredKeys: [] },
)

/** The document without the styles that its text cannot show: the expected one, and that of no items. */
function shown(data: PromptData, given: RenderOptions): PromptData {
  const form = resolveRenderOptions(given)
  const { handedOn } = listStyle(form, undefined, undefined, levelForm(form, 0))
  return { ...data, sections: data.sections.map((section) => shownSection(section, 1, handedOn, form)) }
}

function shownSection(section: Section, level: number, received: string | undefined, form: RenderForm): Section {
  const { bullet, ...rest } = section
  const { handedOn } = listStyle(form, received, bullet, levelForm(form, level))
  const expected = listStyle(form, received, undefined, levelForm(form, level))
  const items = section.items.map((item) =>
    typeof item === 'string' ? item : shownSection(item, level + 1, handedOn, form),
  )
  const hasBullets = items.some((item) => typeof item === 'string') || levelForm(form, level) === 'bullet'
  const isShown = bullet !== undefined && items.length > 0 && hasBullets && bullet !== expected.style
  return { ...rest, ...(isShown ? { bullet } : {}), items }
}

const shortText = fc.array(hostileLine, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'))
/** Documents of a few texts: those of many always have one that looks like markup and is none. */
const short = prompts({ text: shortText, title: shortText.filter(notBlank), bullet: fc.constantFrom(...odd) }, 1)

/** A line that the default form writes somewhere as it is. */
const dueMarkup = /^\s*(?:(?:\d+|[a-z]+)[.](?: |$)|[-*](?: |$)|[(]|!!! |[*]{2})/m

function textsOf(data: PromptData): readonly string[] {
  const texts: string[] = []
  JSON.stringify(data, (key, value: unknown) => {
    if (typeof value === 'string' && key !== 'bullet') texts.push(value)
    return value
  })
  return texts
}

function sectionsOf(data: PromptData): readonly Section[] {
  const sections = [...data.sections]
  for (const { items } of sections) {
    for (const item of items) if (typeof item !== 'string') sections.push(item)
  }
  return sections
}

describe('parsePrompt', () => {
  it('gives a document of the same rendering, whatever the texts and the form', () => {
    fc.assert(
      fc.property(hostile, options, (prompt, form) => {
        const text = prompt.render(form)
        expect(parsePrompt(text, form).prompt.render(form)).toBe(text)
      }),
      { numRuns: 200 },
    )
  })

  it('does so in the default form', () => {
    fc.assert(
      fc.property(hostile, (prompt) => {
        const text = prompt.render()
        expect(parsePrompt(text).prompt.render()).toBe(text)
      }),
      { numRuns: 200 },
    )
  })

  it('gives the very document where no line of a text looks like markup', () => {
    fc.assert(
      fc.property(plain, fc.record({ indent: fc.integer({ min: 1, max: 4 }), levels }), (prompt, form) => {
        const { data } = parsePrompt(prompt.render(form), form).prompt
        expect(shown(data, form)).toEqual(shown(prompt.data, form))
      }),
      { numRuns: 200 },
    )
  })

  it('gives the very document or lists a line, unless a text has a line that is markup to the letter', () => {
    fc.assert(
      fc.property(short, (prompt) => {
        const { prompt: parsed, ambiguous } = parsePrompt(prompt.render())
        if (ambiguous.length > 0 || textsOf(prompt.data).some((text) => dueMarkup.test(text))) return
        expect(shown(parsed.data, {})).toEqual(shown(prompt.data, {}))
      }),
      { numRuns: 2000 },
    )
  })

  it('lists a line unless all markup is what is due', () => {
    fc.assert(
      fc.property(fc.oneof(short, hostile, plain), options, (prompt, form) => {
        const { prompt: parsed, ambiguous } = parsePrompt(prompt.render(form), form)
        if (ambiguous.length > 0) return
        const sections = sectionsOf(parsed.data)
        const hasBullets = (form.levels ?? []).length === 0
        const bare = sections.filter(({ items }) => items.length === 0)
        expect(sections.filter(({ bullet }) => bullet !== undefined)).toEqual([])
        expect(bare.filter((section) => hasBullets && !parsed.data.sections.includes(section))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('takes any text', () => {
    fc.assert(
      fc.property(hostileText, options, (text, form) => {
        expect(() => parsePrompt(text, form)).not.toThrow()
      }),
      { numRuns: 200 },
    )
  })
})
