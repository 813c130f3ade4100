export { createExtractive, type ExtractiveOptions } from './lib/extractive.ts'
