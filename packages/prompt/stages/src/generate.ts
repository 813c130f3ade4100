export { generateStages, type GenerateOptions } from './lib/generate-stages.ts'
export { type FilePlace, InvalidStagesError } from './lib/invalid-stages-error.ts'
