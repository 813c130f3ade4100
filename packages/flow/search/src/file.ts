export { loadIndex } from './lib/file/load-index.ts'
export { saveIndex } from './lib/file/save-index.ts'
