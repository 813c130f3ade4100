import { parseCode } from './parse-code.ts'
import type { Parser } from './parser.ts'
import { blockwiseParser } from './blockwise-parser.ts'

/**
 * Reads source code and configuration of any size, in whatever language is written with indents: functions and classes are
 * kept whole where they fit, and cut between what is in them where they do not. It reads all of `text/*` that no parser
 * before it does.
 */
export function codeParser(): Parser {
  return blockwiseParser(
    {
      mediaTypes: [
        'text/*',
        'application/javascript',
        'application/json5',
        'application/toml',
        'application/typescript',
        'application/xml',
        'application/yaml',
      ],
      fingerprint: 'code/2',
    },
    parseCode,
  )
}
