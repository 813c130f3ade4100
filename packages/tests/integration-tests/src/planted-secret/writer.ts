/** Something that writes or shows what it was given. */
export interface Writer {
  readonly name: string
  /** A text without the shape of a secret is given where only its place betrays it; else a key of a vendor. */
  readonly secret: string
  /** Gives all that was written: values that may be printed, texts, and files as bytes. */
  write(secret: string): Promise<readonly unknown[]> | readonly unknown[]
}

// In two parts, so that no scanner takes this file for a leak.
export const key = ['sk-ant-api03', 'Zq7'.repeat(31)].join('-')
/** With what is written otherwise in JSON, URLs and base64. */
export const password = 'hunter2"\\/+\u00e9 9&x?'

/** What a promise rejects with; it must. */
export async function failureOf(promise: unknown): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('It should have failed.')
}

/** A failure as the libraries of others have it: with the secret in its message, its properties and its cause. */
export function foreignFailure(secret: string): Error {
  const cause = new Error(`401 for ${secret}`)
  return Object.assign(new Error(`The key ${secret} was refused.`, { cause }), {
    request: { headers: { authorization: `Bearer ${secret}` } },
  })
}
