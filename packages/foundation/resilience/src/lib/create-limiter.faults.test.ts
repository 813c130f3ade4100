// The same properties, for many more seeds.
export const tests = await import('./create-limiter.test.ts')
