import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SectionInput } from './check-content.ts'
import { DefaultStages } from './default-stages.ts'
import { diffPrompts } from './diff-prompts.ts'
import { formatPromptDiff } from './format-prompt-diff.ts'
import { createPrompt } from './prompt.ts'

const before = createPrompt(DefaultStages)
  .role('Agent')
  .add('Notes', ['first', 'second', 'third'])
  .add(DefaultStages.Planning.Steps, ['read', 'write'])
  .add('Planning/Extra', { items: ['x', { title: 'Inner', items: 'y' }] })
  .add('Gone', 'z')

describe('diffPrompts', () => {
  it('finds nothing between equal documents', () => {
    expect(diffPrompts(before, before)).toEqual([])
    expect(formatPromptDiff([])).toBe('')
  })

  it('finds stages that were added, removed and moved', () => {
    const after = before
      .remove('Gone')
      .remove('Planning/Extra')
      .add('Output/Extra', { items: ['x', { title: 'Inner', items: 'new' }] })
    expect(formatPromptDiff(diffPrompts(before, after))).toBe(
      [
        '> Output / Extra: moved from Planning / Extra',
        '~ Output / Extra / Inner, item 1: "y" → "new"',
        '- Gone',
        '+ Output',
      ].join('\n'),
    )
  })

  it('finds items that were reworded, added, removed and reordered', () => {
    const after = before.replace('Notes', ['third', 'first', 'other', 'more']).replace('Planning/Steps', ['read'])
    expect(diffPrompts(before, after)).toEqual([
      { type: 'item-reworded', path: ['Notes'], place: 2, from: 'second', to: 'other' },
      { type: 'item-added', path: ['Notes'], place: 3, text: 'more' },
      { type: 'order-changed', path: ['Notes'], moved: [{ item: 'third', from: 2, to: 0 }] },
      { type: 'item-removed', path: ['Planning', 'Steps'], place: 1, text: 'write' },
    ])
  })

  it('finds texts, styles and critical steps that were changed', () => {
    const after = before
      .role('')
      .prologue('Hello')
      .add('Notes', { title: 'Remarks', subtitle: 'few', bullet: 'roman', critical: [{ title: 't', text: 'x' }] })
      .critical({ title: 'u', text: '' })
    expect(formatPromptDiff(diffPrompts(before, after))).toBe(
      [
        '~ Prompt, role: "Agent" → none',
        '~ Prompt, prologue: none → "Hello"',
        '~ Prompt, critical steps: none → "u: "',
        '~ Remarks, title: "Notes" → "Remarks"',
        '~ Remarks, subtitle: none → "few"',
        '~ Remarks, bullets: default → roman',
        '~ Remarks, critical steps: none → "t: x"',
      ].join('\n'),
    )
  })

  it('names the sections that changed places', () => {
    const one = createPrompt().add('a', '').add('b', '').add('c', '')
    const other = createPrompt().add('c', '').add('a', '').add('b', '')
    expect(formatPromptDiff(diffPrompts(one, other))).toBe('~ Prompt, order: "c" 3 → 1')
  })

  const section = fc.letrec<{ section: SectionInput & { title: string } }>((tie) => ({
    section: fc.record({
      title: fc.constantFrom('a', 'b', 'c', 'd'),
      items: fc.array(fc.oneof({ depthSize: 'small' }, fc.constantFrom('x', 'y', 'z'), tie('section')), {
        maxLength: 4,
      }),
    }),
  })).section
  const prompt = fc
    .array(section, { maxLength: 4 })
    .map((sections) => sections.reduce((made, one) => made.add(one.title, one), createPrompt()))

  it('finds something exactly where documents render differently', () => {
    fc.assert(
      fc.property(prompt, prompt, (one, other) => {
        expect(diffPrompts(one, other).length === 0).toBe(one.equals(other))
      }),
    )
  })

  it('refuses what is no prompt', () => {
    expect(() => diffPrompts(createPrompt(), 'x' as never)).toThrow(
      new TypeError('Expected "after" to be a prompt, as createPrompt() makes it, got a string ("x").'),
    )
  })

  it('takes 20,000 items', () => {
    const items = Array.from({ length: 20_000 }, (_, index) => `item ${index}`)
    const differences = diffPrompts(createPrompt().add('a', items), createPrompt().add('a', items.toReversed()))
    expect(differences).toHaveLength(1)
  })
})
