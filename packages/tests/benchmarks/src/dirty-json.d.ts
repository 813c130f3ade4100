declare module 'dirty-json' {
  export function parse(text: string): unknown
}
