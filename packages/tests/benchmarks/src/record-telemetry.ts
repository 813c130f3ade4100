import { createRequire } from 'node:module'

interface OpenTelemetryApi {
  trace: { setGlobalTracerProvider(provider: unknown): void }
  context: { setGlobalContextManager(manager: unknown): void }
}

type Constructor = new (options?: object) => object

// Only the telemetry package may depend on the API, and only its users' tests on the SDK: both are found from there.
const fromPipeline = createRequire(createRequire(import.meta.url).resolve('@empire/pipeline'))
const fromTelemetry = createRequire(fromPipeline.resolve('@empire/telemetry'))

/** Has every span of this process made and thrown away, as an application with an exporter would. */
export function recordTelemetry(): void {
  const { trace, context } = fromTelemetry('@opentelemetry/api') as OpenTelemetryApi
  const { TracerProvider, NoopSpanProcessor } = fromPipeline('@opentelemetry/sdk-trace') as Record<string, Constructor>
  const { AsyncLocalStorageContextManager } = fromPipeline('@opentelemetry/context-async-hooks') as Record<
    string,
    Constructor
  >
  if (!TracerProvider || !NoopSpanProcessor || !AsyncLocalStorageContextManager) {
    throw new Error('The OpenTelemetry SDK has other exports than expected; see record-telemetry.ts.')
  }
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new NoopSpanProcessor()] }))
  context.setGlobalContextManager(new AsyncLocalStorageContextManager())
}
