import { checkClaudeStep } from '../fake-model/check-model-step.ts'
import { checkModelOptions, type FakeModelOptions } from '../fake-model/fake-model-options.ts'
import { decodeName } from '../fake-model/decode-name.ts'
import { objectOf } from '../fake-model/object-of.ts'
import { createFakeServer, type FakeServer } from '../fake-server/create-fake-server.ts'
import type { FakeScript } from '../fake-server/create-script.ts'
import type { FakeReply } from '../fake-server/fake-reply.ts'
import type { FakeRequest } from '../fake-server/fake-request.ts'
import { checkCacheMarks } from './check-cache-marks.ts'
import { checkMessages } from './check-messages.ts'
import { checkVersion } from './check-version.ts'
import { claudeError } from './claude-error.ts'
import { type ClaudeStep, estimateInput, makeMessage } from './claude-step.ts'
import { createFakeBatches } from './fake-batches.ts'
import { messageEvents } from './message-events.ts'

/**
 * A fake of the Claude API: messages whole and streamed, token counts, batches and models. Point the vendor's SDK at it with
 * `baseURL: claude.url`.
 *
 * Each request for a message takes a step from the script; a text is a step that answers with it. Without a script the
 * answer is always `Hello.` A batch takes one step, which answers all its requests.
 */
export async function createFakeClaude(
  script?: FakeScript<ClaudeStep | string>,
  options: FakeModelOptions = {},
): Promise<FakeServer<ClaudeStep | string>> {
  checkModelOptions(options)
  const { apiKey, models } = options
  const batches = createFakeBatches()

  function handle(request: FakeRequest, given: ClaudeStep | string = 'Hello.'): FakeReply {
    const refusal = checkKey(request)
    if (refusal !== undefined) return refusal
    const { method, path } = request
    const step = typeof given === 'string' ? { text: given } : given
    if (method === 'POST' && path.endsWith('/v1/messages')) return reply(request, step)
    if (method === 'POST' && path.endsWith('/v1/messages/count_tokens')) return count(request)
    const batch = batches.reply(request, step)
    if (batch !== undefined) return batch
    const model = /\/v1\/models(?:\/([^/]+))?$/.exec(path)
    if (method === 'GET' && model !== null) return model[1] === undefined ? list() : show(decodeName(model[1]))
    return fail(404, `Not found: ${method} ${path}`)
  }

  function reply(request: FakeRequest, step: ClaudeStep): FakeReply {
    const body = objectOf(request.json)
    const refusal = checkBody(request, body, ['model', 'max_tokens', 'messages'])
    if (refusal !== undefined) return refusal
    const most = body['max_tokens']
    if (!Number.isSafeInteger(most) || Number(most) < 0) return fail(400, 'max_tokens: Input should be a valid integer')
    const message = makeMessage(request, body, step)
    const headers = { 'request-id': `req_fake_${request.index}` }
    return body['stream'] === true ? { headers, events: messageEvents(message, step) } : { headers, body: message }
  }

  function count(request: FakeRequest): FakeReply {
    const body = objectOf(request.json)
    return checkBody(request, body, ['model', 'messages']) ?? { body: { input_tokens: estimateInput(body) } }
  }

  function list(): FakeReply {
    const data = (models ?? ['claude-fake']).map(describeModel)
    return { body: { data, has_more: false, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null } }
  }

  function show(id: string): FakeReply {
    return isKnown(id) ? { body: describeModel(id) } : fail(404, `model: ${id}`)
  }

  function checkKey({ headers }: FakeRequest): FakeReply | undefined {
    const key = headers['x-api-key'] ?? headers['authorization']?.replace(/^Bearer /i, '')
    if (key === undefined || key === '') return fail(401, 'x-api-key header is required')
    return apiKey === undefined || key === apiKey ? undefined : fail(401, 'invalid x-api-key')
  }

  function checkBody(
    request: FakeRequest,
    body: Readonly<Record<string, unknown>>,
    required: readonly string[],
  ): FakeReply | undefined {
    if (request.headers['anthropic-version'] === undefined) return fail(400, 'anthropic-version: header is required')
    if (request.json === undefined) return fail(400, 'The request body is not valid JSON.')
    const missing = required.find((name) => body[name] === undefined)
    if (missing !== undefined) return fail(400, `${missing}: Field required`)
    if (!isKnown(body['model'])) return fail(404, `model: ${String(body['model'])}`)
    const fault =
      checkVersion(String(request.headers['anthropic-version']), body) ??
      checkMessages(body['messages']) ??
      checkCacheMarks(body)
    return fault === undefined ? undefined : fail(400, fault)
  }

  function isKnown(model: unknown): boolean {
    return models === undefined || models.some((id) => id === model)
  }

  return createFakeServer<ClaudeStep | string>(
    {
      handle,
      isScripted: ({ method, path }) => method === 'POST' && /\/v1\/messages(?:\/batches)?$/.test(path),
      checkStep: checkClaudeStep,
      error: ({ status = 529, message }) => fail(status, message),
      streamError: (failure) => ({ event: 'error', data: JSON.stringify(claudeError(failure)) }),
    },
    script,
    options,
  )
}

function fail(status: number, message: string): FakeReply {
  return { status, headers: { 'request-id': 'req_fake' }, body: claudeError({ status, message }) }
}

function describeModel(id: string): { readonly id: string } & Readonly<Record<string, unknown>> {
  return {
    id,
    type: 'model',
    display_name: id,
    created_at: '2025-01-01T00:00:00Z',
    deprecated_at: null,
    retires_at: null,
    lifecycle: 'active',
    line: null,
    capabilities: null,
    max_input_tokens: 200_000,
    max_tokens: 64_000,
  }
}
