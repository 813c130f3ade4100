import { type Context, type Emitter, toValue } from 'liquidjs'

/** Collects what a template prints and charges it to the memory limit, which liquidjs itself does not. */
export class BoundedEmitter implements Emitter {
  buffer = ''
  readonly #memory: Context['memoryLimit']

  constructor(memory: Context['memoryLimit']) {
    this.#memory = memory
  }

  write(printed: unknown): void {
    if (typeof printed === 'string') {
      this.#memory.use(printed.length)
      this.buffer += printed
      return
    }
    const value: unknown = toValue(printed)
    if (value === undefined || value === null) return
    if (value instanceof Promise) {
      throw new TypeError('A promise cannot be printed. Await it before it is passed in the assigns.')
    }
    if (Array.isArray(value)) for (const item of value) this.write(item)
    else this.write(String(value))
  }
}
