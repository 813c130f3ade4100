let prefix: string | undefined
let count = 0

/** An id that no other message has: a random part once for each process, and a number. */
export function createId(): string {
  prefix ??= `${crypto.randomUUID().slice(0, 13)}-`
  return prefix + ++count
}
