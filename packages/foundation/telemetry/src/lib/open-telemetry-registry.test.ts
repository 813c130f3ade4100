import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type Counter, metrics, type MeterProvider, type TracerProvider } from '@opentelemetry/api'
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider as SdkTracerProvider,
} from '@opentelemetry/sdk-trace'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTelemetry } from './create-telemetry.ts'

const door = new URL('../index.ts', import.meta.url).href

async function asksFor(script: string): Promise<string[]> {
  const watch = `
    import { registerHooks } from 'node:module'
    const asked = new Set()
    registerHooks({ resolve: (name, context, next) => (asked.add(name), next(name, context)) })
    const { createTelemetry } = await import('${door}')
    const telemetry = createTelemetry('test')
    ${script}
    console.log(JSON.stringify([...asked]))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', watch])
  return JSON.parse(stdout) as string[]
}

describe('@empire/telemetry', () => {
  it('loads nothing of OpenTelemetry by itself, neither when it is imported nor when it is used', async () => {
    const asked = await asksFor(`
      telemetry.counter('test.counter').add(1, { a: 1 })
      telemetry.counter('test.counter').add(-1)
      telemetry.histogram('test.histogram').record(1)
      await telemetry.withSpan('work', {}, async (span) => span.setAttribute('a', 1))`)
    expect(asked).toContain('./lib/create-telemetry.ts')
    expect(asked.filter((name) => name.includes('opentelemetry'))).toEqual([])
  })
})

describe('a registry that another than our copy of the API has filled', () => {
  const key = Symbol.for('opentelemetry.js.api.1')
  const holder = globalThis as { [key]?: object | undefined }
  const telemetry = createTelemetry('@empire/test')
  let kept: object | undefined

  beforeEach(() => {
    kept = holder[key]
  })
  afterEach(() => {
    if (kept === undefined) delete holder[key]
    else holder[key] = kept
  })

  it.each(['1.0.0', '1.99.0'])('is followed whatever its minor version: %s', (version) => {
    const exporter = new InMemorySpanExporter()
    const trace: TracerProvider = new SdkTracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
    holder[key] = { version, trace }
    telemetry.withSpan('work', {}, () => undefined)
    expect(exporter.getFinishedSpans()).toMatchObject([{ name: 'work', ended: true }])
  })

  it('is followed where it has one provider and not the other', () => {
    const add = vi.fn<Counter['add']>()
    const meter = { ...metrics.getMeter('test'), createCounter: () => ({ add }) }
    const provider: MeterProvider = { getMeter: () => meter }
    const counter = telemetry.counter('empire.test.steps')
    holder[key] = { version: '1.3.0', metrics: provider }
    const result = {}
    expect(telemetry.withSpan('work', {}, () => result)).toBe(result)
    counter.add(2)
    expect(add).toHaveBeenCalledExactlyOnceWith(2, undefined)
  })
})
