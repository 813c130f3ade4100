/** Adds a `url` that is read when asked for, and not printed with the object: it may hold a password. */
export function withHiddenUrl<Rest extends object>(object: Rest, read: () => string): Rest & { readonly url: string } {
  return Object.defineProperty(object, 'url', { get: read, enumerable: false }) as Rest & { readonly url: string }
}
