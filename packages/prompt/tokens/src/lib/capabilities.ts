import type { TokenCounter } from './token-counter.ts'

/** All of a counter but `count`, bound to it: it may be an object of a class. */
export function capabilities(counter: TokenCounter): Omit<TokenCounter, 'count'> {
  const { name, exact, encode, decode, nameFor } = counter
  return {
    name,
    exact,
    ...(encode && { encode: encode.bind(counter) }),
    ...(decode && { decode: decode.bind(counter) }),
    ...(nameFor && { nameFor: nameFor.bind(counter) }),
  }
}
