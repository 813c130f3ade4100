import { describeValue } from '@empire/errors'

/** Throws a `TypeError` that names the value as `path`, where it is wrong. */
type Check = (value: unknown, path: string) => void

const text = expect('a text', (value) => typeof value === 'string')
const name = expect('a text that is not empty', (value) => typeof value === 'string' && value !== '')
const record = expect('an object', isRecord)
const count = expect('a whole number of at least 0', (value) => Number.isSafeInteger(value) && Number(value) >= 0)
const pieces = unlessText(listOf('a text or an array of texts', text))
const records = listOf('an array of objects', record)

const toolCall = members({ id: optional(text), name, input: optional(record) })
const toolCalls = listOf('an array of tool calls', toolCall)
const usage = members({
  input: optional(count),
  output: optional(count),
  cacheRead: optional(count),
  cacheWrite: optional(count),
  reasoning: optional(count),
})
const modelStep = {
  text: optional(pieces),
  thinking: optional(pieces),
  toolCalls: optional(toolCalls),
  usage: optional(usage),
}

/**
 * Checks what the fake Claude is to say, when it is written and not when it is asked for.
 *
 * @param step An object or a text.
 * @param path What messages call the step: `script[0]`.
 * @throws {TypeError} naming the step and its member: `"script[0].toolCalls[1].name"`.
 */
export const checkClaudeStep: Check = unlessText(
  members({
    ...modelStep,
    stopReason: optional(text),
    stopSequence: optional(text),
    stopDetails: optional(record),
    container: optional(record),
    content: optional(records),
  }),
)

/** The same for the fake Gemini. */
export const checkGeminiStep: Check = unlessText(
  members({
    ...modelStep,
    finishReason: optional(text),
    parts: optional(records),
    candidate: optional(record),
    blockReason: optional(text),
    responseId: optional(text),
  }),
)

/** The same for the fake OpenAI. */
export const checkOpenaiStep: Check = unlessText(
  members({ ...modelStep, finishReason: optional(text), headers: optional(record) }),
)

function expect(what: string, isRight: (value: unknown) => boolean): Check {
  return (value, path) => {
    if (!isRight(value)) throw new TypeError(`"${path}" must be ${what}, got ${describeValue(value)}.`)
  }
}

function optional(check: Check): Check {
  return (value, path) => {
    if (value !== undefined) check(value, path)
  }
}

function unlessText(check: Check): Check {
  return (value, path) => {
    if (typeof value !== 'string') check(value, path)
  }
}

function listOf(what: string, check: Check): Check {
  const list = expect(what, Array.isArray)
  return (value, path) => {
    list(value, path)
    for (const [index, item] of (value as readonly unknown[]).entries()) check(item, `${path}[${index}]`)
  }
}

function members(checks: Readonly<Record<string, Check>>): Check {
  return (value, path) => {
    record(value, path)
    for (const [member, check] of Object.entries(checks)) {
      check((value as Readonly<Record<string, unknown>>)[member], `${path}.${member}`)
    }
  }
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
