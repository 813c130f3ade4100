import { describeValue } from '@empire/errors'
import { findChildStage } from './find-stage.ts'
import { normalLine } from './normal-text.ts'
import type { Section } from './prompt-data.ts'
import type { Stage, StagePath, Vocabulary } from './stage.ts'
import { stageKey } from './stage-key.ts'

/**
 * Where in a document: a symbol of the vocabulary, a path such as `'Planning/Steps'`, or an array of names, which may hold
 * `/` themselves. Names of no stage are ad hoc sections.
 */
export type StageAddress<Symbols = Vocabulary> =
  | (Vocabulary extends Symbols ? Stage : Stage<StagePath<Symbols>>)
  | StagePath<Symbols>
  | (string & {})
  | readonly string[]

/** One step of a way from the top to a section. */
export interface AddressStep {
  /** What sections are found by. */
  readonly key: string
  /** The stage it means; nothing for an ad hoc section. */
  readonly stage: Stage | undefined
  /** The name of an ad hoc section, as it was given. */
  readonly name: string
}

/** The way to a section. Throws `TypeError` for what leads nowhere. */
export function resolveAddress(vocabulary: Vocabulary, address: unknown): readonly AddressStep[] {
  const names = namesOf(address)
  const steps: AddressStep[] = []
  let siblings: Vocabulary | Stage | undefined = vocabulary
  for (const name of names) {
    const step = addressStep(siblings, name)
    steps.push(step)
    siblings = step.stage
  }
  if (typeof address === 'object' && !Array.isArray(address) && steps.at(-1)?.stage !== address) {
    throw new TypeError(
      `Expected "address" to be a stage of this prompt, got ${JSON.stringify(names.join('/'))} of another vocabulary. Pass its vocabulary to createPrompt.`,
    )
  }
  return steps
}

/** The step to a section of this name, below a stage or at the top of a vocabulary. */
export function addressStep(siblings: Vocabulary | Stage | undefined, name: string): AddressStep {
  const stage = findChildStage(siblings, name)
  return { key: stageKey(stage?.name ?? name), stage, name: stage?.display ?? name }
}

/** What a section of a document is found by. */
export function sectionKey(section: Section, siblings: Vocabulary | Stage | undefined): string {
  const { stage, name, title } = section
  if (stage !== undefined) return stageKey(stage.slice(stage.lastIndexOf('/') + 1))
  return addressStep(siblings, name ?? title).key
}

function namesOf(address: unknown): readonly string[] {
  const path = isStage(address) ? address.path : address
  const names: readonly unknown[] = typeof path === 'string' ? path.split('/') : Array.isArray(path) ? path : [path]
  if (names.length === 0) throw mismatch(address)
  return names.map((name) => {
    const text = typeof name === 'string' ? normalLine(name) : ''
    if (text === '') throw mismatch(address)
    return text
  })
}

function isStage(value: unknown): value is Stage {
  return typeof value === 'object' && value !== null && 'path' in value && typeof value.path === 'string'
}

function mismatch(came: unknown): TypeError {
  return new TypeError(
    `Expected "address" to be a stage, a path such as "Planning/Steps" or an array of names, none of them blank, got ${describeValue(came)}.`,
  )
}
