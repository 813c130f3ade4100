// The same with more processes and more restarts.
export const tests = await import('./cache-two-processes.test.ts')
