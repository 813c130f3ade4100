export { type FilePlace, InvalidPipelineError } from './lib/yaml/invalid-pipeline-error.ts'
export { InvalidStepDataError } from './lib/yaml/invalid-step-data-error.ts'
export {
  pipelineFromYaml,
  type PipelineFromYaml,
  type PipelineFromYamlOptions,
  type RegisteredCondition,
} from './lib/yaml/pipeline-from-yaml.ts'
export type { ConditionInputs, RegisteredContext, RegisteredStep } from './lib/yaml/registered-step.ts'
