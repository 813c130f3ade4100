import { quoteNames } from './quote-names.ts'
import type { PipelineShape, StepShape } from './pipeline-shape.ts'

/** What differs between two definitions, in words that begin small: `step "b" was removed`. */
export function shapeDifferences(from: PipelineShape, to: PipelineShape, inside = ''): string[] {
  const found: string[] = []
  if (from.name !== to.name)
    found.push(`${inside}the name was ${JSON.stringify(from.name)}, and is ${JSON.stringify(to.name)}`)
  if (from.version !== to.version)
    found.push(`${inside}the version was ${show(from.version)}, and is ${show(to.version)}`)
  const before = new Map(from.steps.map((step) => [step.name, step]))
  const now = new Map(to.steps.map((step) => [step.name, step]))
  for (const { name } of from.steps) {
    if (!now.has(name)) found.push(`${inside}step ${JSON.stringify(name)} was removed`)
  }
  for (const step of to.steps) {
    const old = before.get(step.name)
    if (old === undefined) found.push(`${inside}step ${JSON.stringify(step.name)} was added`)
    else found.push(...stepDifferences(old, step, inside))
  }
  if (found.length === 0 && from.steps.some(({ name }, position) => to.steps[position]?.name !== name)) {
    found.push(`${inside}the steps are defined in another order`)
  }
  return found
}

function stepDifferences(from: StepShape, to: StepShape, inside: string): string[] {
  const step = `${inside}step ${JSON.stringify(to.name)}`
  const found: string[] = []
  const say = (what: string, old: string, now: string): void => {
    if (old !== now) found.push(`${step} ${what} ${old}, and now ${now}`)
  }
  say('was a', from.kind, to.kind)
  say('needed', namesOf(from.needs), namesOf(to.needs))
  say('was undone by', from.undo ?? 'nothing', to.undo ?? 'nothing')
  say('was conditional:', from.conditional === true ? 'yes' : 'no', to.conditional === true ? 'yes' : 'no')
  if (from.kind === 'loop' && to.kind === 'loop') say('took turns at most:', String(from.max), String(to.max))
  if (from.pipeline !== undefined && to.pipeline !== undefined) {
    found.push(...shapeDifferences(from.pipeline, to.pipeline, `in ${JSON.stringify(to.name)}: ${inside}`))
  }
  return found
}

function namesOf(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : quoteNames(names)
}

function show(version: string | undefined): string {
  return version === undefined ? 'none' : JSON.stringify(version)
}
