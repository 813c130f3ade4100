export { createFakeOpenai, type FakeOpenaiOptions } from './lib/fake-openai/create-fake-openai.ts'
export { type OpenaiStep } from './lib/fake-openai/openai-step.ts'
export { type FakeModelOptions } from './lib/fake-model/fake-model-options.ts'
export { type FakeToolCall, type FakeUsage, type ModelStep } from './lib/fake-model/model-step.ts'
