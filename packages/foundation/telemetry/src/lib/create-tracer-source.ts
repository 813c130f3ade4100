import type { Tracer, TracerProvider } from '@opentelemetry/api'
import { openTelemetryRegistry } from './open-telemetry-registry.ts'

/** Gives the tracer of the provider that is set now, or `undefined` while there is none. */
export function createTracerSource(name: string, version: string | undefined): () => Tracer | undefined {
  let provider: TracerProvider | undefined
  let tracer: Tracer | undefined
  return () => {
    const current = behindProxy(openTelemetryRegistry().trace)
    // A tracer stays with the provider that made it, so the API's own proxy would never notice a replacement.
    if (current !== provider) {
      provider = current
      tracer = current?.getTracer(name, version)
    }
    return tracer
  }
}

/** The API registers a proxy of what the application sets; a platform with telemetry of its own may register without. */
function behindProxy(provider: (TracerProvider & { getDelegate?(): TracerProvider }) | undefined) {
  return provider?.getDelegate?.() ?? provider
}
