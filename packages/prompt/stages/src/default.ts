export { DefaultStages } from './lib/default-stages.ts'
