import { describeValue } from '@empire/errors'
import type { FakeServerOptions } from '../fake-server/create-fake-server.ts'

/** What a fake model API knows. */
export interface FakeModelOptions extends FakeServerOptions {
  /** The only key that is accepted. Default: any that is not empty. */
  readonly apiKey?: string | undefined
  /** The models that it lists, and the only ones that it answers for. Default: it lists one, and answers for any. */
  readonly models?: readonly string[] | undefined
}

/** @throws {TypeError} when an option is of the wrong type. The key is not shown: it may be a real one. */
export function checkModelOptions({ apiKey, models }: FakeModelOptions): void {
  if (apiKey !== undefined && (typeof apiKey !== 'string' || apiKey === '')) {
    throw new TypeError('"apiKey" must be a text that is not empty.')
  }
  if (models !== undefined && !(Array.isArray(models) && models.every((model) => typeof model === 'string'))) {
    throw new TypeError(`"models" must be an array of names, got ${describeValue(models)}.`)
  }
}
