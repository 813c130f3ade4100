// The long form of the same: 25 times as many runs, and kills at other moments each time.
// oxlint-disable-next-line import/no-unassigned-import -- it registers its tests
import './deploy.workers.test.ts'
