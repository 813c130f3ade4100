// The same properties, for 75,000 interleavings.
export const tests = await import('./cache-engine.test.ts')
