import { closestName } from '@empire/errors'
import type { PipelineText, StepText } from './read-definition.ts'

/** What a step needs. */
export interface StepNeeds {
  /** Positions of the steps in the text. */
  readonly positions: readonly number[]
  /** The names of the steps, by the names that the registered function knows them by. */
  readonly names: ReadonlyMap<string, string>
}

/** The needs of each step: a list of names of steps, or a map to them from the names that its function knows them by. */
export function readNeeds({ steps, fail }: PipelineText): StepNeeds[] {
  const positions = new Map(steps.map(({ name }, position) => [name, position]))
  return steps.map((step) => {
    const field = step.value.get('needs')
    const names = new Map<string, string>()
    if (field === undefined) return { positions: [], names }
    for (const [alias, given] of pairsOf(field.value) ??
      fail('Expected "needs" to be a list of names of steps, or a map to them.', field.offset)) {
      // YAML reads 1 as a number, as it does where the step has its name.
      const need = typeof given === 'number' || typeof given === 'boolean' ? String(given) : given
      if (typeof need !== 'string' || !positions.has(need)) refuse(step, need, field.offset)
      if (alias === 'input')
        fail('Expected a need by another name: "input" is the input of the pipeline.', field.offset)
      names.set(alias, need as string)
    }
    return { positions: [...names.values()].map((name) => positions.get(name) ?? 0), names }
  })

  function refuse({ name }: StepText, need: unknown, offset: number): never {
    const known = [...positions.keys()]
    const near = typeof need === 'string' ? closestName(need, known) : undefined
    const hint = near === undefined ? `The steps are ${known.join(', ')}.` : `Did you mean "${near}"?`
    return fail(
      `Step ${JSON.stringify(name)} needs ${JSON.stringify(need) ?? 'nothing'}, and there is no such step. ${hint}`,
      offset,
    )
  }
}

function pairsOf(value: unknown): [string, unknown][] | undefined {
  if (Array.isArray(value)) return value.map((need: unknown) => [String(need), need])
  if (typeof value === 'object' && value !== null) return Object.entries(value)
  return undefined
}
