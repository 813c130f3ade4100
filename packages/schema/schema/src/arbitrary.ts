export { arbitrary, type ArbitraryOptions } from './lib/arbitrary.ts'
export { examples, type ExamplesOptions } from './lib/examples.ts'
export { NoExampleError } from './lib/no-example-error.ts'
