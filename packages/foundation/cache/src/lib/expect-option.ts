import { describeValue, expectKnownKeys } from '@empire/errors'

type Kind = readonly [description: string, test: (value: unknown) => boolean]

export const kinds = {
  text: ['a string', (value) => typeof value === 'string'],
  name: ['a non-empty string', (value) => typeof value === 'string' && value !== ''],
  texts: ['an array of strings', isTexts],
  textOrTexts: ['a string or an array of strings', (value) => typeof value === 'string' || isTexts(value)],
  function: ['a function', (value) => typeof value === 'function'],
  object: ['an object', (value) => typeof value === 'object' && value !== null],
  count: ['a whole number of at least 1', (value) => Number.isSafeInteger(value) && Number(value) >= 1],
  duration: ['a positive number of milliseconds, or Infinity', (value) => typeof value === 'number' && value > 0],
  period: ['a number of milliseconds, 0 or more', (value) => typeof value === 'number' && value >= 0],
  limit: [
    'a positive finite number of milliseconds',
    (value) => typeof value === 'number' && value > 0 && value < Infinity,
  ],
  fraction: ['a number from 0 to 1', (value) => typeof value === 'number' && value >= 0 && value <= 1],
  outage: ['"memory" or "fail"', (value) => value === 'memory' || value === 'fail'],
  signal: ['an AbortSignal', (value) => typeof (value as AbortSignal | null)?.addEventListener === 'function'],
} as const satisfies Record<string, Kind>

export function expectKind(name: string, kind: keyof typeof kinds, value: unknown): void {
  const [description, test] = kinds[kind]
  if (!test(value)) throw new TypeError(`"${name}" must be ${description}, got ${describeValue(value)}.`)
}

/** Checks the options that are there, and refuses those that there are not. */
export function expectOptions(options: object, known: Readonly<Record<string, keyof typeof kinds>>): void {
  if (typeof options !== 'object' || options === null) expectKind('options', 'object', options)
  for (const name in options) {
    const kind = Object.hasOwn(known, name) ? known[name] : undefined
    if (kind === undefined) return expectKnownKeys('"options"', options, Object.keys(known))
    const value: unknown = (options as Record<string, unknown>)[name]
    if (value !== undefined && !kinds[kind][1](value)) expectKind(name, kind, value)
  }
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
