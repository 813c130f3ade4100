import { describeValue } from '@empire/errors'
import { checkGeminiStep } from '../fake-model/check-model-step.ts'
import { checkModelOptions, type FakeModelOptions } from '../fake-model/fake-model-options.ts'
import { decodeName } from '../fake-model/decode-name.ts'
import { estimateTokens } from '../fake-model/estimate-tokens.ts'
import { objectOf } from '../fake-model/object-of.ts'
import { createFakeServer, type FakeServer } from '../fake-server/create-fake-server.ts'
import type { FakeScript } from '../fake-server/create-script.ts'
import type { FakeReply } from '../fake-server/fake-reply.ts'
import type { FakeRequest } from '../fake-server/fake-request.ts'
import { checkContents } from './check-contents.ts'
import { embedText } from '../fake-model/embed-text.ts'
import { geminiError } from './gemini-error.ts'
import { estimateInput, streamedResponses, wholeResponse } from './gemini-responses.ts'
import { createGeminiResources } from './gemini-resources.ts'
import type { GeminiStep } from './gemini-step.ts'

/** What the fake Gemini API knows. */
export interface FakeGeminiOptions extends FakeModelOptions {
  /** Dimensions of an embedding when a request does not ask for fewer. Default: 768. */
  readonly dimensions?: number | undefined
}

const mostDimensions = 4096
const calls = new Set([
  'generateContent',
  'streamGenerateContent',
  'countTokens',
  'embedContent',
  'batchEmbedContents',
  'predict',
  'batchGenerateContent',
])
const callPath = /\/(?:models|tunedModels)\/([^/:]+):(\w+)$/
const modelPath = /\/models(?:\/([^/:]+))?$/

/**
 * A fake of the Gemini API: content whole and streamed, token counts, embeddings, models, files, cached contents and
 * batches; paths of Vertex AI work too. Point the vendor's SDK at it with `httpOptions: { baseUrl: gemini.url }`.
 *
 * Each request for content takes a step from the script; a text is a step that answers with it. Without a script the
 * answer is always `Hello.`
 */
export async function createFakeGemini(
  script?: FakeScript<GeminiStep | string>,
  options: FakeGeminiOptions = {},
): Promise<FakeServer<GeminiStep | string>> {
  checkModelOptions(options)
  const { apiKey, models, dimensions = 768 } = options
  if (!isDimensions(dimensions)) {
    throw new TypeError(`"dimensions" must be from 1 to ${mostDimensions}, got ${describeValue(dimensions)}.`)
  }

  const resources = createGeminiResources()

  function handle(request: FakeRequest, given: GeminiStep | string = 'Hello.'): FakeReply {
    const refusal = checkKey(request)
    if (refusal !== undefined) return refusal
    const resource = resources.handle(request)
    if (resource !== undefined) return resource
    const { method, path } = request
    const call = callPath.exec(path)
    if (method === 'POST' && call !== null) {
      const model = decodeName(call[1] ?? '')
      if (!isKnown(model)) return fail(404, `models/${model} is not found.`)
      return answer(request, model, call[2] ?? '', typeof given === 'string' ? { text: given } : given)
    }
    const shown = modelPath.exec(path)
    if (method === 'GET' && shown !== null) return shown[1] === undefined ? list(path) : show(decodeName(shown[1]))
    return fail(404, `Not found: ${method} ${path}`)
  }

  function answer(request: FakeRequest, model: string, call: string, step: GeminiStep): FakeReply {
    const body = objectOf(request.json)
    if (calls.has(call) && request.json === undefined) return fail(400, 'Invalid JSON payload received.')
    switch (call) {
      case 'generateContent':
        return refuseContents(body) ?? { body: wholeResponse(request, body, model, step) }
      case 'streamGenerateContent': {
        const refusal = refuseContents(body)
        if (refusal !== undefined) return refusal
        const responses = streamedResponses(request, body, model, step).map((response) => JSON.stringify(response))
        if (request.url.searchParams.get('alt') === 'sse') return { events: responses.map((data) => ({ data })) }
        const chunks = responses.map((text, index) => `${index === 0 ? '[' : ',\r\n'}${text}`)
        return { headers: { 'content-type': 'application/json; charset=UTF-8' }, chunks: [...chunks, ']'] }
      }
      case 'countTokens': {
        const counted = objectOf(body['generateContentRequest'] ?? body)
        return refuseContents(counted) ?? { body: { totalTokens: estimateInput(counted) } }
      }
      case 'predict':
        return predict(body)
      case 'batchGenerateContent':
        return resources.createBatch(model, body, (asked) => wholeResponse(request, asked, model, step))
      case 'embedContent': {
        // On Vertex AI, the settings stand apart.
        const asked = { ...body, ...objectOf(body['embedContentConfig']) }
        return checkDimensions(asked) ?? { body: { embedding: embed(asked) } }
      }
      case 'batchEmbedContents': {
        const requests = Array.isArray(body['requests']) ? body['requests'].map(objectOf) : []
        const refusal = requests.map(checkDimensions).find((reply) => reply !== undefined)
        return refusal ?? { body: { embeddings: requests.map(embed) } }
      }
      default:
        return fail(404, `Unknown method "${call}".`)
    }
  }

  function embed(request: Readonly<Record<string, unknown>>): { readonly values: readonly number[] } {
    const parts = objectOf(request['content'])['parts']
    const text = Array.isArray(parts) ? parts.map((part) => objectOf(part)['text'] ?? '').join(' ') : ''
    return { values: embedText(text, Number(request['outputDimensionality'] ?? dimensions)) }
  }

  /** Embeddings, as Vertex AI has them. */
  function predict(body: Readonly<Record<string, unknown>>): FakeReply {
    const { outputDimensionality } = objectOf(body['parameters'])
    const refusal = checkDimensions({ outputDimensionality })
    if (refusal !== undefined) return refusal
    const instances = Array.isArray(body['instances']) ? body['instances'].map(objectOf) : []
    if (instances.length === 0) return fail(400, 'Request must have at least one instance.')
    const predictions = instances.map(({ content }) => ({
      embeddings: {
        values: embedText(String(content ?? ''), Number(outputDimensionality ?? dimensions)),
        statistics: { truncated: false, token_count: estimateTokens(content) },
      },
    }))
    return { body: { predictions } }
  }

  function list(path: string): FakeReply {
    if (path.includes('/publishers/')) {
      const publisherModels = (models ?? ['gemini-fake']).map((model) => ({
        name: `publishers/google/models/${model}`,
        versionId: '001',
      }))
      return { body: { publisherModels } }
    }
    return { body: { models: (models ?? ['gemini-fake']).map(describeModel) } }
  }

  function show(model: string): FakeReply {
    return isKnown(model) ? { body: describeModel(model) } : fail(404, `models/${model} is not found.`)
  }

  function checkKey({ headers, url }: FakeRequest): FakeReply | undefined {
    const bearer = headers['authorization']?.replace(/^Bearer /i, '')
    const key = headers['x-goog-api-key'] ?? url.searchParams.get('key') ?? bearer
    if (key === undefined || key === '') return fail(403, "Method doesn't allow unregistered callers.")
    const isRight = apiKey === undefined || key === apiKey
    return isRight ? undefined : fail(400, 'API key not valid. Please pass a valid API key.')
  }

  function isKnown(model: string): boolean {
    return models === undefined || models.includes(model)
  }

  return createFakeServer<GeminiStep | string>(
    {
      handle,
      isScripted: ({ method, path }) => method === 'POST' && /:(?:streamG|batchG|g)enerateContent$/.test(path),
      checkStep: checkGeminiStep,
      error: (failure) => ({ status: failure.status ?? 503, body: geminiError(failure) }),
      streamError: (failure) => ({ data: JSON.stringify(geminiError(failure)) }),
    },
    script,
    options,
  )
}

function refuseContents({ contents }: Readonly<Record<string, unknown>>): FakeReply | undefined {
  const fault = checkContents(contents)
  return fault === undefined ? undefined : fail(400, fault)
}

function checkDimensions({
  outputDimensionality: count = 1,
}: Readonly<Record<string, unknown>>): FakeReply | undefined {
  return isDimensions(count) ? undefined : fail(400, `output_dimensionality must be from 1 to ${mostDimensions}.`)
}

function isDimensions(count: unknown): boolean {
  return Number.isInteger(count) && Number(count) >= 1 && Number(count) <= mostDimensions
}

function fail(status: number, message: string): FakeReply {
  return { status, body: geminiError({ status, message }) }
}

function describeModel(model: string): Readonly<Record<string, unknown>> {
  return {
    name: `models/${model}`,
    version: '001',
    displayName: model,
    inputTokenLimit: 1_048_576,
    outputTokenLimit: 65_536,
    supportedGenerationMethods: ['generateContent', 'countTokens', 'embedContent'],
  }
}
