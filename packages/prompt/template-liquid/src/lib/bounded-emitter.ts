import { type Context, type Emitter, toValue } from 'liquidjs'

/** Collects what a template prints and charges it to the memory limit, which liquidjs itself does not. */
export class BoundedEmitter implements Emitter {
  buffer = ''
  readonly #memory: Context['memoryLimit']

  constructor(memory: Context['memoryLimit']) {
    this.#memory = memory
  }

  write(value: unknown): void {
    const text = typeof value === 'string' ? value : print(value)
    this.#memory.use(text.length)
    this.buffer += text
  }
}

function print(printed: unknown): string {
  const value: unknown = toValue(printed)
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(print).join('')
  if (value instanceof Promise) {
    throw new TypeError('A promise cannot be printed. Await it before it is passed in the assigns.')
  }
  return String(value)
}
