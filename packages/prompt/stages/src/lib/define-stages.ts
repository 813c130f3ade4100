import { describeValue } from '@empire/errors'
import type { Stage, StageDefinition, StageDefinitions, StageTree } from './stage.ts'

/**
 * The symbols of a vocabulary. Modules that `stages generate` writes call it; use the command rather than this.
 *
 * Throws `TypeError` for an identifier that does not begin with a capital, `_` or a letter without case.
 */
export function defineStages<const Definitions extends StageDefinitions>(
  definitions: Definitions,
): StageTree<Definitions> {
  const root = {}
  const open = [{ definitions: definitions as StageDefinitions, parent: undefined as Stage | undefined, target: root }]
  const made: object[] = [root]
  for (let level = open.pop(); level !== undefined; level = open.pop()) {
    const { parent, target } = level
    for (const [position, [name, definition]] of Object.entries(level.definitions).entries()) {
      const children: Stage[] = []
      const stage = createStage({ name, definition, parent, position, children })
      Object.defineProperty(target, name, { value: stage, enumerable: true })
      if (parent !== undefined) (parent.children as Stage[]).push(stage)
      made.push(stage, children)
      open.push({ definitions: definition.children ?? {}, parent: stage, target: stage })
    }
  }
  for (const object of made) Object.freeze(object)
  return root as StageTree<Definitions>
}

interface StageFacts {
  readonly name: string
  readonly definition: StageDefinition
  readonly parent: Stage | undefined
  readonly position: number
  readonly children: Stage[]
}

function createStage({ name, definition, parent, position, children }: StageFacts): Stage {
  if (!/^[\p{Lu}\p{Lt}\p{Lo}\p{Lm}_][\p{ID_Continue}]*$/u.test(name)) {
    throw new TypeError(
      `Expected the identifier of a stage to begin with a capital, as in "Planning", got ${describeValue(name)}.`,
    )
  }
  const { display, documentation = '', order = 'insertion' } = definition
  if (typeof display !== 'string' || display.trim() === '') {
    throw new TypeError(`Expected "display" of ${name} to be a title, got ${describeValue(display)}.`)
  }
  const path = parent === undefined ? name : `${parent.path}/${name}`
  const stage = { path, name, display, documentation, order, position, children }
  return Object.defineProperty(stage, 'parent', { value: parent }) as typeof stage & { parent: Stage | undefined }
}
