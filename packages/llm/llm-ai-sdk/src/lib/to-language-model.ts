import { linkSignal } from '@empire/clock'
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4StreamResult,
  SharedV4Warning,
} from '@ai-sdk/provider'
import type { LanguageModel, StreamPart } from '@empire/llm'
import { createPartWriter } from './create-part-writer.ts'
import { writeLimits } from './limit-headers.ts'
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

  async function doStream(call: LanguageModelV4CallOptions): Promise<LanguageModelV4StreamResult> {
    const { request, warnings } = readCall(call)
    const { includeRawChunks: includeRaw = false } = call
    // Whoever cancels the stream ends a pull that nobody waits for any more.
    const { signal, abort, unlink } = linkSignal(call.abortSignal)
    const parts = model.stream(request, { signal })[Symbol.asyncIterator]()
    // The SDK tries again a call that fails at once, and never one whose stream fails.
    const first = await parts.next().catch((error: unknown) => {
      unlink()
      throw writeError(error)
    })
    const stream = writeStream(first, parts, { includeRaw, warnings, signal, abort, unlink })
    const part = first.value
    return part?.type === 'limits' ? { stream, response: { headers: writeLimits(part.limits) } } : { stream }
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

interface StreamSettings extends ReturnType<typeof linkSignal> {
  readonly includeRaw: boolean
  readonly warnings: SharedV4Warning[]
}

/** A part is made when it is pulled. */
function writeStream(
  first: IteratorResult<StreamPart>,
  rest: AsyncIterator<StreamPart>,
  { includeRaw, warnings, signal, abort, unlink }: StreamSettings,
): ReadableStream<LanguageModelV4StreamPart> {
  const writer = createPartWriter(includeRaw)
  let next: IteratorResult<StreamPart> | undefined = first
  let pulling = false
  return new ReadableStream<LanguageModelV4StreamPart>(
    {
      start(controller) {
        controller.enqueue({ type: 'stream-start', warnings })
      },
      async pull(controller) {
        pulling = true
        try {
          while (true) {
            const result: IteratorResult<StreamPart> = next ?? (await rest.next())
            next = undefined
            if (result.done === true) {
              unlink()
              return controller.close()
            }
            const written = writer.write(result.value)
            for (const part of written) controller.enqueue(part)
            if (written.length > 0) return
          }
        } catch (error) {
          unlink()
          if (signal.aborted) return controller.error(error)
          for (const part of writer.fail(error)) controller.enqueue(part)
          controller.close()
        } finally {
          pulling = false
        }
      },
      async cancel() {
        unlink()
        const closed = rest.return?.()
        if (pulling) abort()
        await closed
      },
    },
    { highWaterMark: 0 },
  )
}
