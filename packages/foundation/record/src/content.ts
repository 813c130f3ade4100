export { canonicalJson } from './lib/canonical-json.ts'
export { type ContentHash, contentHash } from './lib/content-hash.ts'
export { jsonText } from './lib/json-text.ts'
export { shareContent, type SharedContent } from './lib/shared-content.ts'
