/** White space of JSON, and what is pasted along with it: the no-break space, the byte order mark and their like. */
export function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || code === 10 || code === 13 || code === 9 || code === 11 || code === 12
  if (code < 160) return false
  return (
    code === 160 ||
    code === 0xfeff ||
    (code >= 0x2000 && code <= 0x200b) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x3000
  )
}

/** Full-width punctuation as it is in JSON; other characters as they are. */
export function plainCode(code: number): number {
  switch (code) {
    case 0xff1a:
      return 58 // :
    case 0xff0c:
    case 0x3001:
      return 44 // ,
    case 0xff1b:
      return 59 // ;
    case 0xff3b:
      return 91 // [
    case 0xff3d:
      return 93 // ]
    case 0xff5b:
      return 123 // {
    case 0xff5d:
      return 125 // }
    default:
      return code
  }
}

/** White space by the letter of RFC 8259. */
export function isJsonSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9
}
