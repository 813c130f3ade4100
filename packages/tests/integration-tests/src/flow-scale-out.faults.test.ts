// The same with more that are killed.
export const tests = await import('./flow-scale-out.test.ts')
