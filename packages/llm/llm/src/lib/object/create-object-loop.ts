import { abortable } from '@empire/clock'
import { describeValue, expectKnownKeys } from '@empire/errors'
import { JsonUnrepairableError, type RepairResult, repairJson } from '@empire/json-repair'
import type { InvalidModelError } from '@empire/model'
import { addUsage } from '../add-usage.ts'
import { appendResponse } from '../append-response.ts'
import type { CallOptions, LanguageModel, ModelResponse } from '../language-model.ts'
import { ModelError } from '../model-error.ts'
import type { ModelRequest, SchemaInput } from '../model-request.ts'
import { prepareRequest } from '../prepare-request.ts'
import type { Usage } from '../usage.ts'
import type { ObjectOptions } from './object-options.ts'
import type { ObjectResult } from './object-result.ts'
import { type ObjectSchema, readObjectSchema } from './object-schema.ts'

/** Asks, judges and asks again. */
export interface ObjectLoop {
  /** What to ask now. */
  readonly request: ModelRequest
  /** For each call. */
  readonly call: CallOptions
  readonly document: ObjectSchema['document']
  /** The result, or what was wrong, after which `request` asks again. Throws a `ModelError` after the last attempt. */
  take(response: ModelResponse): Promise<ObjectResult<unknown> | Rejection>
}

/** Why an answer was not taken. */
export interface Rejection {
  readonly error: InvalidModelError | JsonUnrepairableError
}

const names = ['name', 'reasks', 'mode', 'signal', 'priority', 'scope']

export async function createObjectLoop(
  caller: string,
  model: LanguageModel,
  asked: ModelRequest,
  schema: SchemaInput,
  options: ObjectOptions,
): Promise<ObjectLoop> {
  expectKnownKeys(`${caller}: "options"`, options, names)
  const { name = 'answer', reasks = 2, mode, ...call } = options
  if (!Number.isSafeInteger(reasks) || reasks < 0) {
    throw new TypeError(`${caller}: expected "reasks" to be an integer from 0 upwards, got ${describeValue(reasks)}.`)
  }
  if (mode !== undefined && mode !== 'native' && mode !== 'prompt') {
    throw new TypeError(`${caller}: expected "mode" to be "native" or "prompt", got ${describeValue(mode)}.`)
  }
  if ((typeof schema !== 'object' && typeof schema !== 'function') || schema === null) {
    throw new TypeError(
      `${caller}: expected "schema" to be a Standard Schema or a JSON Schema document, got ${describeValue(schema)}.`,
    )
  }
  call.signal?.throwIfAborted()
  const { context: start, ...parameters } = prepareRequest(asked)
  if (parameters.output !== undefined) {
    throw new TypeError(`${caller}: expected a request without "output": the form of the answer is "schema".`)
  }
  const { document, check } = await readObjectSchema(schema, name, call.signal)
  const native =
    (mode ?? (model.capabilities?.structuredOutput === true && document['type'] === 'object' ? 'native' : 'prompt')) ===
    'native'
  const form = native ? { output: { schema: document, name } } : {}
  let context = native ? start : start.user(instruction(document))
  let attempts = 0
  let usage: Usage | undefined

  return {
    get request() {
      return { ...parameters, ...form, messages: context }
    },
    call,
    document,
    async take(response) {
      attempts++
      usage = usage === undefined ? response.usage : addUsage(usage, response.usage)
      const repair = read(response)
      let error: Rejection['error']
      if ('value' in repair) {
        const verdict = await abortable(check(repair.value), call.signal)
        if (verdict.ok) return { value: verdict.value, attempts, usage, response, edits: repair.edits }
        error = verdict.error
      } else error = repair.error
      if (attempts > reasks) throw refusal(name, attempts, usage, error)
      // Vendors refuse an empty message.
      if (response.text !== '') context = appendResponse(context, { ...response, toolCalls: [] })
      context = context.user(promptFor(error))
      return { error }
    },
  }

  function read(response: ModelResponse): RepairResult | Rejection {
    const { text, finish } = response
    if (finish.reason === 'content-filter') {
      throw new ModelError('content_filtered', `${model.id} was kept from answering by a filter.`, {
        details: { attempts, usage },
      })
    }
    let repair: RepairResult
    try {
      repair = repairJson(text, { schema: document })
    } catch (error) {
      if (!(error instanceof JsonUnrepairableError)) throw error
      if (finish.reason === 'length') throw cut(name, attempts, usage)
      return { error }
    }
    if (finish.reason === 'length' && repair.truncatedAt !== undefined) throw cut(name, attempts, usage)
    return repair
  }
}

function instruction(document: ObjectSchema['document']): string {
  return `Answer with JSON alone: no explanation, no Markdown. It must satisfy this JSON Schema:\n${JSON.stringify(document)}`
}

function promptFor(error: Rejection['error']): string {
  return 'toPrompt' in error
    ? error.toPrompt()
    : 'Your answer holds no JSON. Answer again with the whole JSON, and nothing else.'
}

function cut(name: string, attempts: number, usage: Usage | undefined): ModelError {
  return new ModelError(
    'invalid_response',
    `Expected the whole of ${JSON.stringify(name)}, but the answer was cut at its token limit. Raise "maxTokens".`,
    { details: { attempts, usage } },
  )
}

function refusal(name: string, attempts: number, usage: Usage, cause: Rejection['error']): ModelError {
  const count = 'problems' in cause ? cause.problems.length : 0
  const found = count === 0 ? 'holds no JSON' : `has ${count === 1 ? '1 problem' : `${count} problems`}`
  return new ModelError(
    'invalid_response',
    `Expected an answer that fits ${JSON.stringify(name)}; the last of ${attempts} ${found}, see "cause".`,
    { cause, details: { attempts, usage } },
  )
}
