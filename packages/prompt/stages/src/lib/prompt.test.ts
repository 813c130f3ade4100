import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { defineStages } from './define-stages.ts'
import { createPrompt } from './prompt.ts'
import { promptFromJSON } from './prompt-json.ts'

const Stages = defineStages({
  Objective: { display: 'Objective', order: 'fixed' },
  Planning: {
    display: 'The plan',
    children: { Steps: { display: 'Steps' }, AfterTool: { display: 'After Tool' } },
  },
  Tools: { display: 'Tools', order: 'fixed' },
  Output: { display: 'Output', order: 'fixed' },
})
const empty = createPrompt(Stages)

describe('add', () => {
  it('takes a symbol, a path, names or titles for the same stage', () => {
    const prompt = empty
      .add(Stages.Planning.AfterTool, 'symbol')
      .add('Planning/AfterTool', 'path')
      .add('the plan/after_tool', 'titles, in any case')
      .add(['Planning', 'After tool'], ['names', 'in a list'])
      .add('Planning', { title: 'after-tool', items: 'list' })
      .add(Stages.Planning, [{ title: 'After Tool', items: 'section in a list' }])
    expect(prompt.data.sections).toHaveLength(1)
    expect(prompt.section(Stages.Planning.AfterTool)?.items).toEqual([
      'symbol',
      'path',
      'titles, in any case',
      'names',
      'in a list',
      'section in a list',
    ])
  })

  it('creates the parents of a child', () => {
    expect(empty.add(Stages.Planning.Steps, 'x').data.sections).toEqual([
      { stage: 'Planning', title: 'The plan', items: [{ stage: 'Planning/Steps', title: 'Steps', items: ['x'] }] },
    ])
  })

  it('adds ad hoc sections below a stage or at the top, by the name they are given', () => {
    const prompt = empty.add([Stages.Planning.path, 'Input/Output'], 'a').add('Notes', 'b').add('notes', 'c')
    expect(prompt.data.sections.map(({ title }) => title)).toEqual(['The plan', 'Notes'])
    expect(prompt.section('Notes')?.items).toEqual(['b', 'c'])
  })

  it('appends lists, and sets the title, subtitle and bullets that are given', () => {
    const prompt = empty
      .add('Notes', { title: 'Remarks', subtitle: 'few', items: 'a' })
      .add('Notes', { bullet: '*', items: ['b', { title: 'c' }] })
    expect(prompt.data.sections).toEqual([
      {
        name: 'Notes',
        title: 'Remarks',
        subtitle: 'few',
        bullet: 'star',
        items: ['a', 'b', { title: 'c', items: [] }],
      },
    ])
  })

  it('changes nothing that is there', () => {
    const one = empty.add('a', 'x')
    const { data } = one
    const two = one.add('a', 'y').add('b', 'z')
    expect(one.data).toBe(data)
    expect(data.sections[0]?.items).toEqual(['x'])
    expect(two.section('a')?.items).toEqual(['x', 'y'])
    expect(two.add('b', 'more').data.sections[0]).toBe(two.data.sections[0])
    expect(Object.isFrozen(two.data.sections[0]?.items)).toBe(true)
  })

  it('takes a long sequence of additions', () => {
    let prompt = empty
    for (let index = 0; index < 20_000; index++) prompt = prompt.add(`section ${index % 200}`, `item ${index}`)
    expect(prompt.data.sections).toHaveLength(200)
  })

  it.each([
    [
      () => empty.add(' / ', 'x'),
      /^Expected "address" to be a stage, a path such as "Planning\/Steps" or an array of names, none of them blank, got a string \(" \/ "\)\.$/,
    ],
    [() => empty.add([], 'x'), /got an empty array\.$/],
    [
      () => createPrompt().add(Stages.Planning, 'x'),
      /^Expected "address" to be a stage of this prompt, got "Planning" of another vocabulary\. Pass its vocabulary to createPrompt\.$/,
    ],
    [
      () => empty.add('a', 3 as never),
      /^Expected "content.items" to be a text, a section, or a list of both, got a number \(3\)\.$/,
    ],
    [
      () => empty.add('a', [['b']] as never),
      /^Expected "content.items\[0\]" to be a text or a section such as { title: "Steps", items: \["First"\] }, got an array\.$/,
    ],
    [() => empty.add('a', [{ items: 'b' }]), /^Expected "content.items\[0\].title" to be a title, got undefined\.$/],
    [
      () => empty.add('a', { title: ' ' }),
      /^Expected "content.title" to be a title that is not blank, got a string \(" "\)\.$/,
    ],
    [() => empty.add('a', { itmes: 'b' } as never), /^"content" has no key "itmes"\. Did you mean "items"\?$/],
    [() => empty.add('a', { bullet: 'roamn' }), /Did you mean "roman"\?$/],
    [() => empty.role(1 as never), /^Expected "role" to be a text, got a number \(1\)\.$/],
    [
      () => createPrompt([1]),
      /^Expected "stages" to be a vocabulary that "stages generate" has written, got an array\.$/,
    ],
  ])('refuses what does not fit (%#)', (task, message) => {
    expect(task).toThrow(TypeError)
    expect(task).toThrow(message)
  })

  it.each([
    [undefined, 'Expected "content" to be a text, a section, or a list of both, got undefined.'],
    [Promise.resolve('x'), 'Expected "content" to be a text or a section such as'],
    [[new Map()], 'Expected "content.items[0]" to be a text or a section such as'],
  ])('refuses what would be an empty section (%#)', (content, message) => {
    expect(() => empty.add('a', content as never)).toThrow(TypeError)
    expect(() => empty.add('a', content as never)).toThrow(message)
  })

  it('refuses a section that is a part of itself', () => {
    const section = { title: 'a', items: [] as unknown[] }
    section.items.push(section)
    expect(() => empty.add('a', section as never)).toThrow(
      new TypeError('Expected "content.items[0]" to end, got a section that is a part of itself.'),
    )
  })
})

describe('inspect', () => {
  it('prints one line without content', () => {
    expect(inspect(empty.role('secret').add('a', 'secret'))).toBe('Prompt { 1 section }')
  })
})

describe('replace', () => {
  it('puts content in place of all there is, and keeps the place', () => {
    const prompt = empty
      .add('a', {
        title: 'Other',
        subtitle: 's',
        bullet: 'roman',
        critical: [{ title: 't', text: '' }],
        items: ['x', 'y'],
      })
      .add('b', 'z')
      .replace('a', ['new'])
    expect(prompt.data.sections).toEqual([
      { title: 'a', items: ['new'] },
      { title: 'b', items: ['z'] },
    ])
    expect(prompt.replace(Stages.Planning.Steps, { title: 'Other' }).add('the plan/steps', 'x').render()).toContain(
      '- Other\n    * x',
    )
  })
})

describe('remove', () => {
  it('leaves a section out', () => {
    const prompt = empty.add('a/b', 'x').add('a', 'y').add('c', 'z')
    expect(prompt.remove('a/b').section('a')?.items).toEqual(['y'])
    expect(prompt.remove('a').remove('nothing/at all').data.sections).toEqual([{ title: 'c', items: ['z'] }])
    expect(prompt.remove('a/b').add('a/b', 'again').section('a')?.items).toEqual([
      'y',
      { title: 'b', items: ['again'] },
    ])
  })
})

describe('role, prologue and critical', () => {
  it('set the text, and take it back with an empty one', () => {
    const prompt = empty.role(' r ').prologue('p').critical({ title: 'a\nb', text: 'c' })
    expect(prompt.data).toEqual({
      version: 1,
      role: 'r',
      prologue: 'p',
      critical: [{ title: 'a b', text: 'c' }],
      sections: [],
    })
    expect(prompt.role('').prologue('').data).toEqual({
      version: 1,
      critical: [{ title: 'a b', text: 'c' }],
      sections: [],
    })
  })

  it('mark a step of a section too', () => {
    const prompt = empty
      .critical(Stages.Planning, { title: 't', text: 'x' })
      .critical('Planning', { title: 'u', text: '' })
    expect(prompt.section('Planning')?.critical).toEqual([
      { title: 't', text: 'x' },
      { title: 'u', text: '' },
    ])
  })
})

function titles(text: string): string[] {
  return [...text.matchAll(/^\d+\. (.*)$/gm)].map(([, title]) => title ?? '')
}

describe('order', () => {
  it('keeps fixed stages at their places, and fills gaps and end in the order of insertion', () => {
    const prompt = empty
      .add(Stages.Output, 'o')
      .add('one', '')
      .add('two', '')
      .add(Stages.Objective, '')
      .add('three', '')
    // Planning has no fixed order, and Tools is not there: both places are gaps.
    expect(titles(prompt.render())).toEqual(['Objective', 'one', 'two', 'Output', 'three'])
    expect(titles(prompt.add(Stages.Tools, '').render())).toEqual([
      'Objective',
      'one',
      'Tools',
      'Output',
      'two',
      'three',
    ])
    expect(titles(empty.add('one', '').add(Stages.Output, '').render())).toEqual(['one', 'Output'])
    expect(titles(empty.add(Stages.Output, '').add(Stages.Objective, '').render())).toEqual(['Objective', 'Output'])
  })
})

describe('JSON', () => {
  const prompt = empty
    .role('r')
    .add(Stages.Output, { title: 't', items: [{ title: 'n', items: ['x'] }] })
    .add('__proto__', 'y')

  it('goes there and back, and renders alike without the vocabulary', () => {
    const json: unknown = JSON.parse(JSON.stringify(prompt))
    expect(promptFromJSON(json, Stages).equals(prompt)).toBe(true)
    expect(promptFromJSON(json).render()).toBe(prompt.render())
    expect(promptFromJSON(json, Stages).add(Stages.Output, 'more').section('Output')?.items).toHaveLength(2)
    expect(promptFromJSON(json).equals(prompt.add('a', ''))).toBe(false)
  })

  it.each([
    [[], 'expected an object, got an empty array.'],
    [{ version: 2 }, 'expected version 1, got a number (2).'],
    [{ version: 1 }, 'Expected "sections" to be an array, got undefined.'],
    [{ version: 1, sections: ['a'] }, 'Expected "sections[0]" to be a section, got a string ("a").'],
    [
      { version: 1, sections: [{ title: 'a', items: [{}] }] },
      'Expected "sections[0].items[0].title" to be a title, got undefined.',
    ],
    [
      { version: 1, sections: [], extra: 1 },
      '"prompt" has no key "extra". Known: version, role, prologue, critical, sections.',
    ],
    [
      { version: 1, sections: [{ title: 'a', fixed: -1 }] },
      'Expected "sections[0].fixed" to be a place counted from 0, got a number (-1).',
    ],
  ])('refuses %j', (json, problem) => {
    expect(() => promptFromJSON(json)).toThrow(`This is not the JSON of a prompt: ${problem}`)
  })
})
