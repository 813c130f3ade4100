import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider'
import type { LanguageModel, StreamPart } from '@empire/llm'
import { createPartWriter } from './create-part-writer.ts'
import { readCall } from './read-call.ts'
import type { ToAiSdkOptions } from './to-ai-sdk-options.ts'
import { writeError } from './write-error.ts'
import { writeResult } from './write-result.ts'

/** A model of ours as one of the SDK. */
export function toLanguageModel(model: LanguageModel, options: ToAiSdkOptions): LanguageModelV4 {
  const { provider = model.vendor ?? 'empire', supportedUrls = {} } = options

  async function doGenerate(call: LanguageModelV4CallOptions): Promise<LanguageModelV4GenerateResult> {
    const { request, warnings } = readCall(call)
    try {
      return writeResult(await model.generate(request, { signal: call.abortSignal }), warnings)
    } catch (error) {
      throw writeError(error)
    }
  }

  async function doStream(
    call: LanguageModelV4CallOptions,
  ): Promise<{ stream: ReadableStream<LanguageModelV4StreamPart> }> {
    const { request, warnings } = readCall(call)
    const { abortSignal: signal, includeRawChunks = false } = call
    const parts = model.stream(request, { signal })[Symbol.asyncIterator]()
    // The SDK tries again a call that fails at once, and never one whose stream fails.
    const first = await parts.next().catch((error: unknown) => {
      throw writeError(error)
    })
    return { stream: writeStream(first, parts, { includeRaw: includeRawChunks, warnings, signal }) }
  }

  return Object.freeze({
    specificationVersion: 'v4' as const,
    provider,
    modelId: model.id,
    supportedUrls,
    doGenerate,
    doStream,
  })
}

/** A part is made when it is pulled. */
function writeStream(
  first: IteratorResult<StreamPart>,
  rest: AsyncIterator<StreamPart>,
  {
    includeRaw,
    warnings,
    signal,
  }: {
    readonly includeRaw: boolean
    readonly warnings: LanguageModelV4GenerateResult['warnings']
    readonly signal: AbortSignal | undefined
  },
): ReadableStream<LanguageModelV4StreamPart> {
  const writer = createPartWriter(includeRaw)
  let next: IteratorResult<StreamPart> | undefined = first
  return new ReadableStream<LanguageModelV4StreamPart>(
    {
      start(controller) {
        controller.enqueue({ type: 'stream-start', warnings })
      },
      async pull(controller) {
        try {
          while (true) {
            const result: IteratorResult<StreamPart> = next ?? (await rest.next())
            next = undefined
            if (result.done === true) return controller.close()
            const written = writer.write(result.value)
            for (const part of written) controller.enqueue(part)
            if (written.length > 0) return
          }
        } catch (error) {
          if (signal?.aborted === true) return controller.error(error)
          for (const part of writer.fail(error)) controller.enqueue(part)
          controller.close()
        }
      },
      async cancel() {
        await rest.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}
