import { describeValue, EmpireError, expectKnownKeys } from '@empire/errors'
import { checkCritical, checkSectionsData, checkText } from './check-content.ts'
import type { PromptData } from './prompt-data.ts'
import { type Prompt, promptOf } from './prompt.ts'
import type { Vocabulary } from './stage.ts'

/** Data that is not that of a prompt. */
export class InvalidPromptJSONError extends EmpireError<'invalid_prompt_json'> {
  /** @param problem What was expected where, and what came. */
  constructor(problem: string, cause?: unknown) {
    super('invalid_prompt_json', `This is not the JSON of a prompt: ${problem}`, cause === undefined ? {} : { cause })
  }
}

/**
 * The prompt that `toJSON` was called on.
 *
 * Takes the data, not its text. Throws `InvalidPromptJSONError` if it is not that of a prompt, or of a version that is not
 * known here.
 *
 * @param stages The vocabulary, for further changes. Default: none.
 */
export function promptFromJSON<Symbols extends object = Vocabulary>(json: unknown, stages?: Symbols): Prompt<Symbols> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new InvalidPromptJSONError(`expected an object, got ${describeValue(json)}.`)
  }
  const { version } = json as Record<string, unknown>
  if (version !== 1) throw new InvalidPromptJSONError(`expected version 1, got ${describeValue(version)}.`)
  let data: PromptData
  try {
    data = checkData(json)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new InvalidPromptJSONError(error.message, error)
  }
  return promptOf(data, stages)
}

function checkData(json: object): PromptData {
  expectKnownKeys('"prompt"', json, ['version', 'role', 'prologue', 'critical', 'sections'])
  const { role = '', prologue = '', critical = [], sections } = json as Record<string, unknown>
  if (!Array.isArray(sections))
    throw new TypeError(`Expected "sections" to be an array, got ${describeValue(sections)}.`)
  if (!Array.isArray(critical))
    throw new TypeError(`Expected "critical" to be an array, got ${describeValue(critical)}.`)
  return freezeData({
    version: 1,
    ...(role === '' ? {} : { role: checkText(role, 'role') }),
    ...(prologue === '' ? {} : { prologue: checkText(prologue, 'prologue') }),
    ...(critical.length === 0
      ? {}
      : { critical: critical.map((step, index) => checkCritical(step, `critical[${index}]`)) }),
    sections: checkSectionsData(sections, 'sections'),
  })
}

/** Freezes all of it; it holds no cycles. */
export function freezeData(data: PromptData): PromptData {
  const open: object[] = [data]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    Object.freeze(value)
    for (const part of Object.values(value) as unknown[]) {
      if (typeof part === 'object' && part !== null) open.push(part)
    }
  }
  return data
}
