import * as fc from 'fast-check'

/** What the definition of a string format may say. */
export interface FormatDefinition {
  readonly format: string
  readonly pattern?: RegExp | undefined
  readonly precision?: number | null | undefined
  readonly version?: string | undefined
  readonly delimiter?: string | undefined
}

/** Texts of a format of zod; `undefined` if there is no way but its pattern. What is near must still be checked. */
export function formatArbitrary(definition: FormatDefinition): fc.Arbitrary<string> | undefined {
  const { format } = definition
  return Object.hasOwn(formats, format) ? formats[format]?.(definition) : undefined
}

const hex = fc.constantFrom(...'0123456789abcdef')
const byte = fc.tuple(hex, hex).map((digits) => digits.join(''))
const base64url = fc.base64String().map((text) => text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''))
const moment = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString())

const formats: Readonly<Record<string, (definition: FormatDefinition) => fc.Arbitrary<string>>> = {
  email: () => fc.emailAddress(),
  guid: () => fc.uuid(),
  uuid: ({ version }) => fc.uuid(version === undefined ? {} : { version: Number(version.slice(1)) as 4 }),
  url: () => fc.webUrl(),
  hostname: () => fc.domain(),
  ipv4: () => fc.ipV4(),
  ipv6: () => fc.ipV6(),
  cidrv4: () => fc.tuple(fc.ipV4(), fc.nat({ max: 32 })).map((parts) => parts.join('/')),
  cidrv6: () => fc.tuple(fc.ipV6(), fc.nat({ max: 128 })).map((parts) => parts.join('/')),
  mac: ({ delimiter = ':' }) => fc.tuple(byte, byte, byte, byte, byte, byte).map((bytes) => bytes.join(delimiter)),
  base64: () => fc.base64String(),
  base64url: () => base64url,
  date: () => moment.map((text) => text.slice(0, 10)),
  datetime: ({ precision }) => moment.map((text) => `${text.slice(0, 11)}${clock(text, precision)}Z`),
  time: ({ precision }) => moment.map((text) => clock(text, precision)),
  duration: () =>
    fc
      .tuple(fc.nat({ max: 99 }), fc.nat({ max: 23 }), fc.nat({ max: 59 }))
      .map(([days, hours, seconds]) => `P${days}DT${hours}H${seconds}S`),
  cuid: () => fc.stringMatching(/^c[0-9a-z]{24}$/),
  cuid2: () => fc.stringMatching(/^[a-z][0-9a-z]{23}$/),
  ulid: () => fc.ulid(),
  xid: () => fc.stringMatching(/^[0-9a-v]{20}$/),
  emoji: () => fc.array(fc.constantFrom('😀', '🚀', '🌍', '👍', '🎉'), { minLength: 1 }).map((all) => all.join('')),
  jwt: () =>
    fc.tuple(fc.constantFrom('HS256', 'RS256', 'ES256'), fc.json(), base64url).map(([alg, claims, signature]) => {
      const head = JSON.stringify({ alg, typ: 'JWT' })
      return [encode(head), encode(claims), signature === '' ? 'x' : signature].join('.')
    }),
  credit_card: () => fc.constantFrom('4242424242424242', '5555555555554444', '378282246310005', '6011111111111117'),
  iban: () => fc.constantFrom('GB82WEST12345698765432', 'DE89370400440532013000', 'FR1420041010050500013M02606'),
}

/** The time of day of an ISO date, with as many digits of a second as a schema asks for: -1 is none, and no seconds. */
function clock(text: string, precision: number | null | undefined): string {
  if (precision === -1) return text.slice(11, 16)
  if (precision === 0) return text.slice(11, 19)
  return precision === null || precision === undefined
    ? text.slice(11, 23)
    : `${text.slice(11, 20)}${text.slice(20, 23).padEnd(precision, '0').slice(0, precision)}`
}

function encode(text: string): string {
  const binary = String.fromCharCode(...new TextEncoder().encode(text))
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
