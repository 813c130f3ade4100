export { type ClaudeStep } from './lib/fake-claude/claude-step.ts'
export { createFakeClaude } from './lib/fake-claude/create-fake-claude.ts'
export { type FakeModelOptions } from './lib/fake-model/fake-model-options.ts'
export { type FakeToolCall, type FakeUsage, type ModelStep } from './lib/fake-model/model-step.ts'
