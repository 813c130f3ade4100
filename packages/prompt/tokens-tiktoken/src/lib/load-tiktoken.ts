import { createRequire } from 'node:module'
import type { Encoding, GptEncoding } from '@empire/tokens/gpt'
import type { TiktokenBPE } from 'js-tiktoken/lite'
import { createTiktokenEncoding } from './tiktoken-encoding.ts'

const require = createRequire(import.meta.url)
const loaded = new Map<GptEncoding, Encoding>()

/** Loads the ranks of an encoding at the first call for it: `import` would make every count wait. */
export function loadTiktoken(name: GptEncoding): Encoding {
  const known = loaded.get(name)
  if (known !== undefined) return known
  const ranks: TiktokenBPE | { default: TiktokenBPE } = require(`js-tiktoken/ranks/${name}`)
  const encoding = createTiktokenEncoding(name, 'default' in ranks ? ranks.default : ranks)
  loaded.set(name, encoding)
  return encoding
}
