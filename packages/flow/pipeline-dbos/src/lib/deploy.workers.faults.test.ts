// The long form of the same: ten times as many runs, and kills at other moments each time.
import './deploy.workers.test.ts'
