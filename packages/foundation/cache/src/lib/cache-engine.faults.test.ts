// The same properties, for a hundred thousand interleavings.
export const tests = await import('./cache-engine.test.ts')
