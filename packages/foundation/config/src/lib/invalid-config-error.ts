import { EmpireError } from '@empire/errors'
import { type ConfigProblem, renderProblem } from './config-problem.ts'

const mostInMessage = 20

/** Settings that cannot be used, with all that is wrong with them. */
export class InvalidConfigError extends EmpireError<'invalid_config'> {
  /** @param keptVersion The version that stays in use, if there is one. */
  constructor(problems: readonly ConfigProblem[], keptVersion?: number, options?: { cause: unknown }) {
    const kept = keptVersion === undefined ? {} : { keptVersion }
    super('invalid_config', describeProblems(problems, keptVersion), { ...options, details: { problems, ...kept } })
  }

  /** Everything that is wrong, also in `details`. */
  get problems(): readonly ConfigProblem[] {
    return this.details.problems as readonly ConfigProblem[]
  }
}

function describeProblems(problems: readonly ConfigProblem[], keptVersion: number | undefined): string {
  const kept = keptVersion === undefined ? '' : ` Version ${keptVersion} stays in use.`
  const lines = problems.slice(0, mostInMessage).map((problem) => `\n- ${renderProblem(problem)}`)
  const more = problems.length - lines.length
  if (more > 0) lines.push(`\n- ${more} more: see the problems of this error.`)
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  return `The settings cannot be used: ${count}.${kept}${lines.join('')}`
}
