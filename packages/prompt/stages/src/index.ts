export { type BulletStyle, type NamedBulletStyle } from './lib/bullet-style.ts'
export { type Content, type SectionInput } from './lib/check-content.ts'
export { defineStages } from './lib/define-stages.ts'
export { diffPrompts, type PromptDifference } from './lib/diff-prompts.ts'
export { formatPromptDiff } from './lib/format-prompt-diff.ts'
export { type AmbiguousLine } from './lib/parse-data.ts'
export { type ParsedPrompt, type ParseOptions, parsePrompt } from './lib/parse-prompt.ts'
export { type CriticalStep, type Item, type PromptData, type Section } from './lib/prompt-data.ts'
export { InvalidPromptJSONError, promptFromJSON } from './lib/prompt-json.ts'
export { createPrompt, type Prompt } from './lib/prompt.ts'
export { type LevelForm, type Marks, type RenderOptions } from './lib/render-options.ts'
export { type StageAddress } from './lib/resolve-address.ts'
export {
  type Stage,
  type StageDefinition,
  type StageDefinitions,
  type StageOrder,
  type StagePath,
  type StageSymbol,
  type StageTree,
  type Vocabulary,
} from './lib/stage.ts'
export { type PromptMessage, type PromptMessageOptions, toMessage } from './lib/to-message.ts'
