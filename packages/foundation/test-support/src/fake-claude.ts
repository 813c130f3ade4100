export { type ClaudeStep } from './lib/fake-claude/claude-step.ts'
export { createFakeClaude, type FakeClaudeOptions } from './lib/fake-claude/create-fake-claude.ts'
export { type FakeToolCall, type FakeUsage, type ModelStep } from './lib/fake-model/model-step.ts'
