import { expectTypeOf } from 'vitest'
import { fileSource } from './file-source.ts'
import type { FailureCode, Problem, SkipCode } from './ingest-error.ts'
import { ingest } from './ingest.ts'
import type { IngestEvent, IngestReport } from './ingest-event.ts'

expectTypeOf(ingest).returns.resolves.toEqualTypeOf<IngestReport>()
// Sources and parsers elsewhere have codes of their own.
expectTypeOf<SkipCode | FailureCode>().toExtend<Problem['code']>()
expectTypeOf<string>().toExtend<Problem['code']>()

// A sink may answer at once.
void ingest({ source: fileSource([]), sink: { write() {}, remove() {} }, signal: undefined, onEvent: undefined })
// @ts-expect-error -- a sink is not a function
void ingest({ source: fileSource([]), sink() {} })

function describe(event: IngestEvent): string {
  if (event.type === 'end') return `${event.report.found}`
  return 'problem' in event ? event.problem.message : `${event.id}`
}
expectTypeOf(describe).parameter(0).toEqualTypeOf<IngestEvent>()
