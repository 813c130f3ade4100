/** What a number in a foreign notation is in JSON. */
export interface NumberText {
  readonly json: string
  readonly kind: 'normalize_number' | 'trim_zeros' | 'complete_cut'
}

const json = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const zeros = /^([+-]?)0+(\d[\d_]*)(.*)$/
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const radix = /^([+-]?)(0[xX][\dA-Fa-f]+|0[oO][0-7]+|0[bB][01]+)$/
const separated = /^[+-]?\d+(?:_\d+)+(?:\.\d+(?:_\d+)*)?(?:[eE][+-]?\d+)?$/
const bigint = /^-?\d+n$/
const unfinished = /^([+-]?(?:\d[\d_]*\.?\d*|\.\d+))(?:[eE][+-]?)$/

export function isJsonNumber(token: string): boolean {
  return json.test(token)
}

/**
 * Reads `.5`, `+1`, `1.`, `007`, `1_000`, `0x1F`, `0b1`, `0o7` and `10n`; also what lacks its exponent, as `1e`
 * and `2.5e-`. `undefined` for what is no number.
 */
export function numberText(token: string): NumberText | undefined {
  // The decimal form of a large integer costs more than linear time.
  if (token.length <= 64 && radix.test(token)) return fromRadix(token)
  if (bigint.test(token))
    return numberText(token.slice(0, -1)) ?? { json: token.slice(0, -1), kind: 'normalize_number' }
  if (separated.test(token)) return normalized(token.replaceAll('_', ''))
  if (decimal.test(token)) return normalized(token)
  const whole = unfinished.exec(token)?.[1]
  if (whole !== undefined) return { json: normalized(whole.replaceAll('_', '')).json, kind: 'complete_cut' }
  return undefined
}

function normalized(token: string): NumberText {
  const [, sign = '', digits, rest = ''] = zeros.exec(token) ?? []
  const unsigned = digits === undefined ? token : `${sign}${digits}${rest}`
  let text = unsigned.startsWith('+') ? unsigned.slice(1) : unsigned
  text = text.replace(/^(-?)\./, '$10.').replace(/\.(?=[eE]|$)/, '')
  return { json: text, kind: digits === undefined ? 'normalize_number' : 'trim_zeros' }
}

function fromRadix(token: string): NumberText {
  const negative = token.startsWith('-')
  const digits = /^[+-]/.test(token) ? token.slice(1) : token
  return { json: `${negative ? '-' : ''}${BigInt(digits)}`, kind: 'normalize_number' }
}
