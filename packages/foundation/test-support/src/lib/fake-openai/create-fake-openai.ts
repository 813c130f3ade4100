import { describeValue } from '@empire/errors'
import { checkOpenaiStep } from '../fake-model/check-model-step.ts'
import { decodeName } from '../fake-model/decode-name.ts'
import { embedText } from '../fake-model/embed-text.ts'
import { estimateTokens } from '../fake-model/estimate-tokens.ts'
import { checkModelOptions, type FakeModelOptions } from '../fake-model/fake-model-options.ts'
import { objectOf } from '../fake-model/object-of.ts'
import { createFakeServer, type FakeServer } from '../fake-server/create-fake-server.ts'
import type { FakeScript } from '../fake-server/create-script.ts'
import type { FakeFailure } from '../fake-server/fake-api.ts'
import type { FakeReply } from '../fake-server/fake-reply.ts'
import type { FakeRequest } from '../fake-server/fake-request.ts'
import { completionEvents, type OpenaiStep, wholeCompletion } from './openai-step.ts'
import { responseEvents, wholeResponse } from './response-step.ts'

/** What the fake OpenAI API knows. */
export interface FakeOpenaiOptions extends FakeModelOptions {
  /** Dimensions of an embedding when a request does not ask for others. Default: 256. */
  readonly dimensions?: number | undefined
}

const mostTexts = 2048
const modelPath = /\/models(?:\/([^/]+))?$/

/**
 * A fake of the OpenAI API: chat completions, which most servers have, and responses, both whole and streamed; embeddings
 * and models. Point an SDK at it with `baseURL: openai.url`, with or without `/v1`.
 *
 * Each request for a completion or response takes a step from the script; a text is a step that answers with it. Without a
 * script the answer is always `Hello.`
 */
export async function createFakeOpenai(
  script?: FakeScript<OpenaiStep | string>,
  options: FakeOpenaiOptions = {},
): Promise<FakeServer<OpenaiStep | string>> {
  checkModelOptions(options)
  const { apiKey, models, dimensions = 256 } = options
  if (!Number.isSafeInteger(dimensions) || dimensions < 1) {
    throw new TypeError(`"dimensions" must be a whole number of at least 1, got ${describeValue(dimensions)}.`)
  }

  function handle(request: FakeRequest, given: OpenaiStep | string = 'Hello.'): FakeReply {
    const refusal = checkKey(request)
    if (refusal !== undefined) return refusal
    const { method, path } = request
    const shown = modelPath.exec(path)
    if (method === 'GET' && shown !== null) return shown[1] === undefined ? list() : show(decodeName(shown[1]))
    if (method !== 'POST') return fail(404, `Unknown request URL: ${method} ${path}.`)
    const step = typeof given === 'string' ? { text: given } : given
    if (path.endsWith('/chat/completions')) return complete(request, step)
    if (path.endsWith('/responses')) return respond(request, step)
    return path.endsWith('/embeddings') ? embed(request) : fail(404, `Unknown request URL: ${method} ${path}.`)
  }

  function complete(request: FakeRequest, step: OpenaiStep): FakeReply {
    const body = objectOf(request.json)
    const refusal = checkBody(request, body, 'messages')
    if (refusal !== undefined) return refusal
    if (!Array.isArray(body['messages']) || body['messages'].length === 0) {
      return fail(400, "Invalid 'messages': empty array. Expected an array with minimum length 1.", 'messages')
    }
    const headers = headersOf(request, step)
    if (body['stream'] === true) return { headers, events: completionEvents(request, body, step) }
    return { headers, body: wholeCompletion(request, body, step) }
  }

  function respond(request: FakeRequest, step: OpenaiStep): FakeReply {
    const body = objectOf(request.json)
    const refusal = checkBody(request, body, 'input') ?? checkResults(body['input'])
    if (refusal !== undefined) return refusal
    const headers = headersOf(request, step)
    if (body['stream'] === true) return { headers, events: responseEvents(request, body, step) }
    return { headers, body: wholeResponse(request, body, step) }
  }

  function embed(request: FakeRequest): FakeReply {
    const body = objectOf(request.json)
    const refusal = checkBody(request, body, 'input')
    if (refusal !== undefined) return refusal
    const { input, model, dimensions: length = dimensions } = body
    const texts: readonly unknown[] = Array.isArray(input) ? input : [input]
    if (texts.length === 0 || texts.length > mostTexts) {
      return fail(400, `Invalid 'input': expected 1 to ${mostTexts} texts, got ${texts.length}.`, 'input')
    }
    const tokens = estimateTokens(texts)
    const data = texts.map((text, index) => {
      return { object: 'embedding', index, embedding: embedText(String(text), Number(length)) }
    })
    return { body: { object: 'list', data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } } }
  }

  function list(): FakeReply {
    return { body: { object: 'list', data: (models ?? ['gpt-fake']).map(describeModel) } }
  }

  function show(model: string): FakeReply {
    return isKnown(model) ? { body: describeModel(model) } : unknownModel(model)
  }

  function checkKey({ headers }: FakeRequest): FakeReply | undefined {
    const key = headers['authorization']?.replace(/^Bearer /i, '')
    if (key !== undefined && key !== '' && (apiKey === undefined || key === apiKey)) return undefined
    return fail(401, 'Incorrect API key provided.', null, 'invalid_api_key')
  }

  function checkBody(
    request: FakeRequest,
    body: Readonly<Record<string, unknown>>,
    required: string,
  ): FakeReply | undefined {
    if (request.json === undefined) return fail(400, 'We could not parse the JSON body of your request.')
    const missing = ['model', required].find((name) => body[name] === undefined)
    if (missing !== undefined) return fail(400, `Missing required parameter: '${missing}'.`, missing)
    return isKnown(body['model']) ? undefined : unknownModel(body['model'])
  }

  function isKnown(model: unknown): boolean {
    return models === undefined || models.some((id) => id === model)
  }

  return createFakeServer<OpenaiStep | string>(
    {
      handle,
      isScripted: ({ method, path }) => method === 'POST' && /\/(?:chat\/completions|responses)$/.test(path),
      checkStep: checkOpenaiStep,
      error: ({ status = 503, message }) => fail(status, message),
      // Chat completions have the error alone; readers of them pass over the rest.
      streamError: (failure) => ({
        data: JSON.stringify({ type: 'error', sequence_number: 0, ...openaiError(failure) }),
      }),
    },
    script,
    options,
  )
}

function headersOf({ index }: FakeRequest, { headers = {} }: OpenaiStep): Readonly<Record<string, string>> {
  return { 'x-request-id': `req_fake_${index}`, ...headers }
}

/** A result needs the call that it answers, as a whole item or by its id. */
function checkResults(input: unknown): FakeReply | undefined {
  const items = Array.isArray(input) ? input.map(objectOf) : []
  const calls = new Set(items.map(({ type, call_id: id }) => (type === 'function_call' ? id : undefined)))
  const hasReference = items.some(({ type }) => type === 'item_reference')
  const orphan = items.find(({ type, call_id: id }) => type === 'function_call_output' && !calls.has(id))
  if (orphan === undefined || hasReference) return undefined
  return fail(400, `No tool call found for function call output with call_id ${String(orphan['call_id'])}.`, 'input')
}

const types: Readonly<Record<number, string>> = { 429: 'rate_limit_error' }

/** The body of an error in the words of the API. */
function openaiError(
  { status = 503, message }: FakeFailure,
  param: string | null = null,
  code: string | null = null,
): Readonly<Record<string, unknown>> {
  const type = types[status] ?? (status < 500 ? 'invalid_request_error' : 'server_error')
  return { error: { message, type, param, code } }
}

function fail(status: number, message: string, param: string | null = null, code: string | null = null): FakeReply {
  return { status, headers: { 'x-request-id': 'req_fake' }, body: openaiError({ status, message }, param, code) }
}

function unknownModel(model: unknown): FakeReply {
  return fail(404, `The model '${String(model)}' does not exist.`, null, 'model_not_found')
}

function describeModel(id: string): Readonly<Record<string, unknown>> {
  return { id, object: 'model', created: 1_735_689_600, owned_by: 'fake' }
}
