import { EmpireError } from '@empire/errors'
import { type ModelProblem, renderProblem } from './model-problem.ts'

const mostInText = 50

/** Data that is no instance of a model, with everything that is wrong with it. */
export class InvalidModelError extends EmpireError<'invalid_model'> {
  constructor(model: string, problems: readonly ModelProblem[]) {
    super('invalid_model', `The data is no ${model}: ${listProblems(problems)}`, { details: { model, problems } })
  }

  /** The name of the model. */
  get model(): string {
    return this.details['model'] as string
  }

  /** Everything that is wrong, as data. */
  get problems(): readonly ModelProblem[] {
    return this.details['problems'] as readonly ModelProblem[]
  }

  /** What to tell a language model whose answer this was, so that it tries again. */
  toPrompt(): string {
    const { model, problems } = this
    return `Your answer is not valid JSON for ${model}: ${listProblems(problems)}\nAnswer again with the whole JSON, corrected, and nothing else.`
  }
}

function listProblems(problems: readonly ModelProblem[]): string {
  const lines = problems.slice(0, mostInText).map((problem) => `\n- ${renderProblem(problem)}`)
  if (problems.length > lines.length) lines.push(`\n- and ${problems.length - lines.length} more`)
  return `${problems.length === 1 ? '1 problem' : `${problems.length} problems`}.${lines.join('')}`
}
