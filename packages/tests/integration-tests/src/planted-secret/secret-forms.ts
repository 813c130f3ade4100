import { inspect } from 'node:util'

/** A text in all the forms in which it may have been written: as it is, and as JSON, URLs and base64 have it. */
export function secretForms(secret: string): Readonly<Record<string, string>> {
  const json = JSON.stringify(secret).slice(1, -1)
  const ascii = [...json].map((each) => (each < '\u007f' ? each : escaped(each))).join('')
  const encoded = encodeURIComponent(secret)
  const bytes = Buffer.from(secret)
  // Behind one or two other bytes, all groups of four characters are others.
  const base64 = [0, 1, 2].map((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    return whole.slice(shift === 0 ? 0 : 4, Math.floor((shift + bytes.length) / 3) * 4)
  })
  return {
    plain: secret,
    'in JSON': json,
    'as code has it': inspect(secret).slice(1, -1),
    'in JSON in JSON': JSON.stringify(json).slice(1, -1),
    'in JSON of ASCII': ascii,
    'in a URL': encoded,
    'in a URL, small': encoded.replaceAll(/%../g, (each) => each.toLowerCase()),
    'in a form': new URLSearchParams({ x: secret }).toString().slice(2),
    'as a user of a URL': Object.assign(new URL('http://host'), { password: secret }).password,
    'in latin1': bytes.toString('latin1'),
    'in hexadecimal': bytes.toString('hex'),
    'in base64': base64[0] ?? '',
    'in base64 behind a byte': base64[1] ?? '',
    'in base64 behind two bytes': base64[2] ?? '',
    'in base64 for URLs': bytes.toString('base64url'),
  }
}

function escaped(character: string): string {
  return String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
