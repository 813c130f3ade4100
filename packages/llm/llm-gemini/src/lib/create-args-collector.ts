import { ModelError } from '@empire/llm'

/** A piece of the arguments of a call that is streamed. */
export interface PartialArg {
  /** Where it belongs: `$.cities[0].name`, `$['a b']`. */
  readonly jsonPath?: string | null | undefined
  readonly stringValue?: string | null | undefined
  readonly numberValue?: number | null | undefined
  readonly boolValue?: boolean | null | undefined
  readonly nullValue?: unknown
}

/** Puts arguments together that come in pieces. */
export interface ArgsCollector {
  /** Texts for one place are joined. Throws a `ModelError` with `invalid_response` for a place that cannot be. */
  add(piece: PartialArg): void
  readonly args: Readonly<Record<string, unknown>>
}

type Container = Record<string, unknown> | unknown[]

/** The most steps of a path. */
const deepest = 100
const step = /\.([^.[\]]+)|\[(\d{1,9})\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y

/** @param args What came at once. */
export function createArgsCollector(args: Readonly<Record<string, unknown>>): ArgsCollector {
  const root: Container = { ...args }
  return {
    args: root,
    add({ jsonPath, stringValue, numberValue, boolValue }) {
      const path = readPath(jsonPath ?? '')
      const last = path.pop()
      if (last === undefined) throw refuse(jsonPath)
      let at: Container = root
      for (const [index, key] of path.entries()) {
        const next = read(at, key) ?? put(at, key, typeof (path[index + 1] ?? last) === 'number' ? [] : {}, jsonPath)
        if (typeof next !== 'object' || next === null) throw refuse(jsonPath)
        at = next as Container
      }
      const earlier = read(at, last)
      const value = stringValue ?? numberValue ?? boolValue ?? null
      put(at, last, typeof earlier === 'string' && typeof value === 'string' ? earlier + value : value, jsonPath)
    },
  }
}

function readPath(text: string): (string | number)[] {
  const path: (string | number)[] = []
  let end = text.startsWith('$') ? 1 : -1
  while (end !== text.length) {
    step.lastIndex = end
    const found = end === -1 || path.length === deepest ? null : step.exec(text)
    if (found === null) throw refuse(text)
    const [, name, index, single, double] = found
    path.push(index === undefined ? (name ?? (single ?? double ?? '').replaceAll(/\\(.)/g, '$1')) : Number(index))
    end = step.lastIndex
  }
  return path
}

function read(at: Container, key: string | number): unknown {
  return Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined
}

/** An own property whatever its name; a list grows by one at a time. */
function put(at: Container, key: string | number, value: unknown, path: unknown): unknown {
  const fits = Array.isArray(at) ? typeof key === 'number' && key <= at.length : typeof key === 'string'
  if (!fits) throw refuse(path)
  Object.defineProperty(at, key, { value, writable: true, enumerable: true, configurable: true })
  return value
}

function refuse(path: unknown): ModelError {
  return new ModelError('invalid_response', 'Gemini streamed an argument of a tool to a place that cannot be.', {
    details: { path: 'functionCall.partialArgs', place: path },
  })
}
