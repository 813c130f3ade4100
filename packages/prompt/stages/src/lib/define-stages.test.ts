import { describe, expect, it } from 'vitest'
import { defineStages } from './define-stages.ts'

describe('defineStages', () => {
  const Stages = defineStages({
    Objective: { display: 'Objective', order: 'fixed', documentation: 'Why.' },
    Planning: { display: 'The plan', children: { Steps: { display: 'Steps' }, Risks: { display: 'Risks' } } },
  })

  it('makes symbols that know their place', () => {
    expect(Stages.Objective).toMatchObject({
      path: 'Objective',
      name: 'Objective',
      display: 'Objective',
      documentation: 'Why.',
      order: 'fixed',
      position: 0,
      parent: undefined,
      children: [],
    })
    expect(Stages.Planning.Risks).toMatchObject({ path: 'Planning/Risks', order: 'insertion', position: 1 })
    expect(Stages.Planning.Risks.parent).toBe(Stages.Planning)
    expect(Stages.Planning.children).toEqual([Stages.Planning.Steps, Stages.Planning.Risks])
    expect(Object.keys(Stages)).toEqual(['Objective', 'Planning'])
    expect(Object.isFrozen(Stages) && Object.isFrozen(Stages.Planning.children)).toBe(true)
    expect(() => JSON.stringify(Stages)).not.toThrow()
  })

  it.each([
    [
      { planning: { display: 'x' } },
      'Expected the identifier of a stage to begin with a capital, as in "Planning", got a string ("planning").',
    ],
    [{ A: { display: ' ' } }, 'Expected "display" of A to be a title, got a string (" ").'],
  ])('refuses %j', (definitions, message) => {
    expect(() => defineStages(definitions)).toThrow(new TypeError(message))
  })
})
