// The same properties, for a hundred thousand interleavings.
import './cache-engine.test.ts'
