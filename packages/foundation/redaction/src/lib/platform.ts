/** What holds names with their values, and shows them only when it is walked through. */
export interface Entries extends Iterable<readonly [string, unknown]> {
  append(name: string, value: unknown): void
}

type Kind<Made> = new () => Made

/**
 * What the platform has beside the language, as far as it is used here: Node, browsers and edge runtimes have it alike, so
 * no types of one of them are needed.
 */
interface Platform {
  readonly Blob: Kind<object>
  readonly DOMException: Kind<Error>
  readonly FormData: Kind<Entries>
  readonly Headers: Kind<Entries>
  readonly URLSearchParams: Kind<Entries>
  readonly TextDecoder: new (
    encoding: string,
    options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
  ) => { decode(bytes: Uint8Array): string }
  readonly TextEncoder: new () => { encode(text: string): Uint8Array }
  /** Only Node has it. */
  readonly Buffer?: { isBuffer(value: unknown): boolean; from(bytes: Uint8Array): Uint8Array }
}

export const platform = globalThis as unknown as Platform
