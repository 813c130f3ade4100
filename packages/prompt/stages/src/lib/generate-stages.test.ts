import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { generateStages } from './generate-stages.ts'
import { InvalidStagesError } from './invalid-stages-error.ts'

const read = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8')

describe('generateStages', () => {
  it('writes a module with documented symbols', () => {
    const yaml = [
      'documentation: |',
      '  Two lines.',
      '  A */ in it.',
      'stages:',
      '  Objective: { order: fixed, documentation: It\'s "the goal" }',
      '  adaptive execution:',
      '    children:',
      '      after_tool-execution:',
      '        display: After a tool',
      '      404 handling:',
    ].join('\n')
    expect(generateStages(yaml)).toBe(
      [
        '// Written by "stages generate". Change the vocabulary, and write it again.',
        `import { defineStages } from '@empire/stages'`,
        '',
        '/**',
        ' * Two lines.',
        ' * A *\u200B/ in it.',
        ' */',
        'export const Stages = defineStages({',
        `  /** It's "the goal" */`,
        '  Objective: {',
        `    display: 'Objective',`,
        String.raw`    documentation: 'It\'s "the goal"',`,
        `    order: 'fixed',`,
        '  },',
        '  AdaptiveExecution: {',
        `    display: 'adaptive execution',`,
        '    children: {',
        '      AfterToolExecution: {',
        `        display: 'After a tool',`,
        '      },',
        '      _404Handling: {',
        `        display: '404 handling',`,
        '      },',
        '    },',
        '  },',
        '})',
        '',
      ].join('\n'),
    )
  })

  it('has written the default vocabulary', () => {
    const options = { name: 'DefaultStages', from: './define-stages.ts' }
    expect(generateStages(read('default-stages.yaml'), options)).toBe(read('default-stages.ts'))
  })

  it('shows the place of a fault with a caret', () => {
    expect(() =>
      generateStages('stages:\n  Planning:\n    dispaly: The plan\n', { file: 'prompts/stages.yaml' }),
    ).toThrow(
      [
        'prompts/stages.yaml:3:5: Unknown key "dispaly" in the stage "Planning". Did you mean "display"?',
        '',
        '      dispaly: The plan',
        '      ^',
      ].join('\n'),
    )
  })

  it.each([
    ['', 1, 1, 'Expected a map "stages", got an empty file.'],
    ['[]', 1, 1, 'Expected the vocabulary to be a map, got a list.'],
    ['other: 1', 1, 1, 'Unknown key "other" in the vocabulary. Known: documentation, stages.'],
    ['documentation: x', 1, 1, 'Expected a map "stages", as in "stages: { Planning: }".'],
    ['stages: text', 1, 9, 'Expected "stages" to be a map, got a string.'],
    ['stages:\n  a: text', 2, 6, 'Expected the stage "a" to be a map, got a string.'],
    ['stages:\n  a: [b]', 2, 6, 'Expected the stage "a" to be a map, got a list.'],
    ['stages:\n  a: &x {}\n  b: *x', 3, 6, 'Expected the stage "b" to be a map, got an alias.'],
    ['stages:\n  "!": {}', 2, 3, 'Expected a name with a letter or a digit, got "!".'],
    ['stages:\n  a:\n  a:', 3, 3, 'Expected each name once, got "a" again.'],
    [
      'stages:\n  a-b:\n  A b:',
      3,
      3,
      'Expected names and titles that differ, got "A b", which means the same as "a-b".',
    ],
    [
      'stages:\n  a:\n  b: { display: A }',
      3,
      3,
      'Expected names and titles that differ, got "b", which means the same as "a".',
    ],
    ['stages:\n  a: { display: "" }', 2, 17, 'Expected "display" to be a title on one line.'],
    ['stages:\n  a: { display: [b] }', 2, 17, 'Expected "display" to be a text, got a list.'],
    ['stages:\n  a: { order: first }', 2, 15, 'Expected "order" to be "fixed" or "insertion", got "first".'],
    [
      'stages:\n  a: { children: { b: { order: fixed } } }',
      2,
      25,
      'Only stages at the top have an order; those below are rendered in the order of insertion.',
    ],
    ['stages: {}\n---\nstages: {}', 2, 1, 'Expected one document, got a second one.'],
  ])('refuses %j', (yaml, line, column, problem) => {
    const file = 'stages.yaml'
    expect(() => generateStages(yaml)).toThrow(
      expect.objectContaining({ code: 'invalid_stages', details: { file, line, column, problem } }),
    )
  })

  it.each(['stages: [', 'stages:\n\t- a', 'stages: "', '{'.repeat(20_000), `stages: ${'{a: {children: '.repeat(40)}`])(
    'refuses what is no YAML (%#)',
    (yaml) => {
      expect(() => generateStages(yaml)).toThrow(InvalidStagesError)
    },
  )

  it('refuses a name that is none', () => {
    expect(() => generateStages('stages: {}', { name: 'class' })).toThrow(
      new TypeError('Expected "name" to be a name with a capital, such as "Stages", got a string ("class").'),
    )
  })
})
