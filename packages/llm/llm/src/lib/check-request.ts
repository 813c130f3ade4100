import type { Context } from '@empire/context'
import { describeValue } from '@empire/errors'
import { compile, formatPath, type Verdict } from '@empire/schema/compile'
import * as z from 'zod'
import { ModelError } from './model-error.ts'
import type { ModelRequest } from './model-request.ts'

/** Every message below goes on after "… must be". */
const text = z.string('a string')
const count = expected('a positive integer', (value: unknown) => Number.isSafeInteger(value) && Number(value) > 0)
const schema = expected('a JSON Schema document or a Standard Schema', isSchema)
const position = expected(
  'the index of a message',
  (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0,
)
const toolName = expected(
  '1 to 64 letters, digits, "_" and "-"',
  (value: unknown) => typeof value === 'string' && /^[\w-]{1,64}$/.test(value),
)

const message = z.strictObject(
  {
    role: z.enum(['system', 'user', 'assistant'], '"system", "user" or "assistant"'),
    content: text,
  },
  'an object with role and content',
)
const tool = z.strictObject(
  { name: toolName, description: text.optional(), input: schema },
  'an object with name and input',
)
const messages = compile(z.object({ messages: z.array(message) }))

const request = compile(
  z.strictObject(
    {
      messages: expected(
        'a context of at least one message, or an array of at least one message',
        (value: unknown) => (Array.isArray(value) || isContext(value)) && value.length > 0,
      ),
      tools: z.array(tool, 'an array of tools').optional(),
      toolChoice: z
        .union([z.enum(['auto', 'none', 'required']), z.strictObject({ tool: toolName })], {
          error: '"auto", "none", "required" or { tool: name }',
        })
        .optional(),
      output: z.strictObject({ schema, name: toolName.optional() }, 'an object with a schema').optional(),
      temperature: expected(
        'a finite number from 0 upwards',
        (value: unknown) => Number.isFinite(value) && Number(value) >= 0,
      ).optional(),
      topP: expected(
        'a number above 0 and at most 1',
        (value: unknown) => Number.isFinite(value) && Number(value) > 0 && Number(value) <= 1,
      ).optional(),
      topK: count.optional(),
      maxTokens: count.optional(),
      stopSequences: z
        .array(
          expected('a string that is not empty', (value: unknown) => typeof value === 'string' && value !== ''),
          'an array of strings',
        )
        .optional(),
      seed: expected('an integer', Number.isSafeInteger).optional(),
      reasoning: z
        .strictObject(
          {
            budget: expected(
              'an integer from 0 upwards',
              (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0,
            ).optional(),
            effort: z.enum(['low', 'medium', 'high'], '"low", "medium" or "high"').optional(),
          },
          'an object with budget or effort',
        )
        .optional(),
      cacheBreakpoints: z.array(position, 'an array of indexes of messages').optional(),
      vendor: expected(
        'an object of objects by vendor',
        (value: unknown) => isFields(value) && Object.values(value).every(isFields),
      ).optional(),
    },
    'an object with messages',
  ),
)

/** Throws a `ModelError` with code `invalid_request` and the path of the first fault. */
export function checkRequest(asked: unknown): void {
  refuse(asked, request.check(asked))
  const { messages: list, tools = [], cacheBreakpoints = [] } = asked as ModelRequest
  if (Array.isArray(list)) refuse(asked, messages.check(asked))
  const names = new Set<string>()
  for (const [index, { name }] of tools.entries()) {
    if (names.has(name))
      throw wrong(`tools[${index}].name`, `must be a name of its own, got ${describeValue(name)} again.`)
    names.add(name)
  }
  for (const [index, at] of cacheBreakpoints.entries()) {
    if (at < list.length) continue
    throw wrong(`cacheBreakpoints[${index}]`, `must be the index of a message, got ${at} of ${list.length} messages.`)
  }
}

function refuse(asked: unknown, verdict: Verdict): void {
  const [issue] = verdict.ok ? [] : verdict.issues
  if (issue === undefined) return
  const [unknown] = issue.keys ?? []
  const path = [...issue.path, ...(unknown === undefined ? [] : [unknown])]
  const problem =
    unknown === undefined
      ? `must be ${issue.message}, got ${describeValue(valueAt(asked, path))}.`
      : 'is not known. Check the spelling, or pass it in "vendor".'
  throw wrong(path.length === 0 ? '' : formatPath(path), problem)
}

function wrong(path: string, problem: string): ModelError {
  const place = path === '' ? 'The request' : `"${path}" of the request`
  return new ModelError('invalid_request', `${place} ${problem}`, { details: { path } })
}

function expected(what: string, is: (value: never) => boolean): z.ZodCustom {
  return z.custom((value) => is(value as never), what)
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value
  for (const key of path) found = isRecord(found) ? Reflect.get(found, key) : undefined
  return found
}

/** By its form: two installed versions of the package are two classes. */
function isContext(value: unknown): value is Context {
  return isFields(value) && typeof value['renderMessages'] === 'function'
}

/** Some schemas of Standard Schema are functions. */
function isSchema(value: unknown): boolean {
  return isFields(value) || (typeof value === 'function' && '~standard' in value)
}

function isFields(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && !Array.isArray(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
