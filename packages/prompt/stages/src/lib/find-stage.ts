import type { Stage, Vocabulary } from './stage.ts'
import { stageKey } from './stage-key.ts'

const indexes = new WeakMap<object, ReadonlyMap<string, Stage>>()

/** The stage of this name or title at the top of a vocabulary, or directly below a stage. */
export function findChildStage(siblings: Vocabulary | Stage | undefined, name: string): Stage | undefined {
  if (siblings === undefined) return undefined
  let index = indexes.get(siblings)
  if (index === undefined) {
    index = indexStages(isStage(siblings) ? siblings.children : Object.values(siblings))
    indexes.set(siblings, index)
  }
  return index.get(stageKey(name))
}

function isStage(value: Vocabulary | Stage): value is Stage {
  return typeof value['path'] === 'string'
}

function indexStages(stages: readonly Stage[]): ReadonlyMap<string, Stage> {
  return new Map([
    ...stages.map((stage) => [stageKey(stage.display), stage] as const),
    // A name wins over the title of another stage.
    ...stages.map((stage) => [stageKey(stage.name), stage] as const),
  ])
}
