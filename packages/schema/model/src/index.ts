export { createModel, type Model, type ModelOptions } from './lib/model.ts'
