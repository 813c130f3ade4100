import { ProxyTracerProvider, trace, type Tracer, type TracerProvider } from '@opentelemetry/api'

const unset = new ProxyTracerProvider().getDelegate()

/** Gives the tracer of the provider that is set now, or `undefined` while there is none. */
export function createTracerSource(name: string, version: string | undefined): () => Tracer | undefined {
  let provider: TracerProvider | undefined
  let tracer: Tracer | undefined
  return () => {
    const current = resolve(trace.getTracerProvider())
    // A tracer stays with the provider that made it, so the API's own proxy would never notice a replacement.
    if (current !== provider) {
      provider = current
      tracer = current?.getTracer(name, version)
    }
    return tracer
  }
}

function resolve(provider: TracerProvider): TracerProvider | undefined {
  if (!(provider instanceof ProxyTracerProvider)) return provider
  const delegate = provider.getDelegate()
  return delegate === unset ? undefined : delegate
}
