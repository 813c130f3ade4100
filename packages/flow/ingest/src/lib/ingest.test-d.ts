import { expectTypeOf } from 'vitest'
import { fileSource } from './file-source.ts'
import type { FailureCode, Problem, SkipCode } from './ingest-error.ts'
import { ingest } from './ingest.ts'
import type { IngestEvent, IngestReport } from './tally.ts'

expectTypeOf(ingest).returns.resolves.toEqualTypeOf<IngestReport>()
expectTypeOf<Problem['code']>().toEqualTypeOf<SkipCode | FailureCode>()

// A sink may answer at once.
void ingest({ source: fileSource([]), sink: { write() {} }, signal: undefined, onEvent: undefined })
// @ts-expect-error -- a sink is not a function
void ingest({ source: fileSource([]), sink() {} })

function describe(event: IngestEvent): string {
  if (event.type === 'end') return `${event.report.found}`
  return event.type === 'indexed' ? event.path : event.problem.message
}
expectTypeOf(describe).parameter(0).toEqualTypeOf<IngestEvent>()
