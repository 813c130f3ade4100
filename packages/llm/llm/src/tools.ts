export { hasCalled } from './lib/tools/has-called.ts'
export { runTools, type RunToolsOptions } from './lib/tools/run-tools.ts'
export { defineTool, type Tool, type ToolCallOptions, type ToolInput } from './lib/tools/tool.ts'
export type { ToolLimits } from './lib/tools/tool-limits.ts'
export type {
  StopCondition,
  ToolLoopEnd,
  ToolLoopResult,
  ToolLoopState,
  ToolOutcome,
  ToolStep,
} from './lib/tools/tool-loop.ts'
