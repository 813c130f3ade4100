export { createFakeGemini, type FakeGeminiOptions } from './lib/fake-gemini/create-fake-gemini.ts'
export { type GeminiStep } from './lib/fake-gemini/gemini-step.ts'
export { type FakeModelOptions } from './lib/fake-model/fake-model-options.ts'
export { type FakeToolCall, type FakeUsage, type ModelStep } from './lib/fake-model/model-step.ts'
