import type { JsonSchema } from './json-schema.ts'

/** Where settings come from. The sources of `createConfig` are merged in their order: later ones win. */
export interface ConfigSource {
  /** What problems call it: `shop.yaml`, `environment`. */
  readonly name: string
  /**
   * Reads the values as they are now. What it throws is reported as a problem of this source, so it never tells a
   * secret.
   */
  load(context: LoadContext): LoadedValues | Promise<LoadedValues>
  /**
   * Calls `onChange` whenever the values may have changed, and `onError` with what keeps it from watching.
   * Returns what ends it.
   */
  watch?(onChange: () => void, onError: (error: unknown) => void): () => void
}

/** What a source is told when it loads. */
export interface LoadContext {
  /** Aborted when nobody waits for the values any more. */
  readonly signal: AbortSignal
  /** What the schemas ask for, as far as they say it; `{}` when they do not. */
  readonly jsonSchema: JsonSchema
  /** The merged values of the sources before this one. */
  readonly below: Readonly<Record<string, unknown>>
}

/** What a source gives. */
export interface LoadedValues {
  /** An object of settings, nested as in the schema. Members that are `undefined` count as absent. */
  readonly values: unknown
  /** Where in the source the value or key at `path` is: `shop.yaml:3:9`. Default: the name of the source. */
  locate?(path: readonly string[]): string | undefined | Promise<string | undefined>
}
