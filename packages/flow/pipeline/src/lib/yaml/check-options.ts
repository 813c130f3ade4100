import { describeValue, expectKnownKeys } from '@empire/errors'
import { expectObject, expectText } from '../expect-option.ts'
import { plansOf } from '../pipeline-plans.ts'
import type { PipelineFromYamlOptions } from './pipeline-from-yaml-options.ts'

const registeredOptions: readonly string[] = [
  'run',
  'needs',
  'output',
  'compensate',
  'irreversible',
  'idempotencyKey',
  'retry',
  'timeout',
  'breaker',
  'concurrency',
]

/** @throws {TypeError} What a caller without types may pass. */
export function checkOptions(text: unknown, options: PipelineFromYamlOptions<unknown>): void {
  if (typeof text !== 'string')
    throw new TypeError(`pipelineFromYaml: "text" must be a string, got ${describeValue(text)}.`)
  expectObject('pipelineFromYaml: "options"', options as unknown, 'an object')
  expectKnownKeys('pipelineFromYaml: "options"', options, ['steps', 'conditions', 'pipelines', 'input', 'file'])
  const { steps, conditions = {}, pipelines = {}, input, file } = options
  if (input !== undefined && typeof input?.['~standard']?.validate !== 'function') {
    throw new TypeError(`pipelineFromYaml: "input" must be a Standard Schema, got ${describeValue(input)}.`)
  }
  expectObject('pipelineFromYaml: "steps"', steps as unknown, 'an object of steps by name')
  for (const [name, step] of Object.entries(steps)) {
    const where = `pipelineFromYaml: step ${JSON.stringify(name)}`
    expectObject(where, step as unknown, 'an object with a "run" function')
    expectKnownKeys(where, step, registeredOptions)
    for (const part of ['needs', 'output'] as const) {
      const schema = step[part]
      if (schema === undefined || typeof schema?.['~standard']?.validate === 'function') continue
      throw new TypeError(`${where}: "${part}" must be a Standard Schema, got ${describeValue(schema)}.`)
    }
    if (typeof step.run !== 'function')
      throw new TypeError(`${where}: "run" must be a function, got ${describeValue(step.run)}.`)
  }
  expectObject('pipelineFromYaml: "conditions"', conditions, 'an object of functions by name')
  for (const [name, condition] of Object.entries(conditions)) {
    if (typeof condition === 'function') continue
    throw new TypeError(
      `pipelineFromYaml: condition ${JSON.stringify(name)} must be a function, got ${describeValue(condition)}.`,
    )
  }
  expectObject('pipelineFromYaml: "pipelines"', pipelines, 'an object of pipelines by name')
  for (const [name, pipeline] of Object.entries(pipelines)) {
    if (plansOf(pipeline) !== undefined) continue
    throw new TypeError(
      `pipelineFromYaml: pipeline ${JSON.stringify(name)} must be made by definePipeline(), got ${describeValue(pipeline)}.`,
    )
  }
  if (file !== undefined) expectText('pipelineFromYaml: "file"', file)
}
