import { describe, expect, it } from 'vitest'
import { splitUnits } from './split-units.ts'

describe('splitUnits', () => {
  it('gives each unit the headings it stands under', () => {
    const units = splitUnits('# A\n\nOne.\n\n## B ##\n\nTwo.\n\n# C\n\nThree.')
    expect(units.map(({ text, above }) => [text, ...above])).toEqual([
      ['One.', 'A'],
      ['Two.', 'A', 'B'],
      ['Three.', 'C'],
    ])
  })

  it('gives a row the header of its table', () => {
    expect(splitUnits('| name | default |\n| --- | :-: |\n| port | 80 |')).toEqual([
      { kind: 'row', text: 'port | 80', above: ['name | default'], below: [] },
    ])
  })

  it('gives a sentence that ends with a colon the list it leads to', () => {
    const [lead, first] = splitUnits('It takes two steps:\n\n- Wash.\n- Dry.\n\nDone.')
    expect(lead).toEqual({ kind: 'paragraph', text: 'It takes two steps:', above: [], below: ['- Wash.', '- Dry.'] })
    expect(first).toEqual({ kind: 'item', text: 'Wash.', above: ['It takes two steps:'], below: [] })
  })

  it('cuts a long list or long code below a lead', () => {
    const [lead] = splitUnits(`Run:\n\n\`\`\`\n${'run\n'.repeat(20)}\`\`\``)
    expect(lead?.below).toEqual([...Array.from({ length: 12 }, () => 'run'), '…'])
  })

  it('reads code line by line, whatever it holds', () => {
    const units = splitUnits('````md\n# no heading\n```\n{\n````\nText.')
    expect(units.map(({ kind, text }) => [kind, text])).toEqual([
      ['code', '# no heading'],
      ['paragraph', 'Text.'],
    ])
  })

  it('leaves out what nobody would quote', () => {
    const noise = ['---', '<a id="x"></a>', '![logo](a.png)', '[1]: https://example.org', '<!-- note -->', '| --- |']
    expect(splitUnits(noise.join('\n\n'))).toEqual([])
  })

  it('cuts a sentence that nobody would read, and no character', () => {
    const units = splitUnits(`${'word '.repeat(200)}\n\n${'🙂'.repeat(700)}`)
    expect(units.every(({ text }) => text.length <= 604 && text.isWellFormed())).toBe(true)
    expect(units[0]?.text).toMatch(/^word .* word …$/)
    expect(units[1]?.text).toMatch(/^… word .* word$/)
  })
})
