import { createTelemetry } from '@empire/telemetry/spans'

export const telemetry = createTelemetry('@empire/pipeline')

export const stepCounter = telemetry.counter('empire.pipeline.steps', {
  unit: '{step}',
  description: 'Steps that were started, by pipeline, step and status.',
})
