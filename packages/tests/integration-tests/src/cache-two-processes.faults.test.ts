// The same with more processes and more restarts.
import './cache-two-processes.test.ts'
