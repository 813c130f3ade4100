// The same properties, for many more seeds.
import './create-limiter.test.ts'
