import type { IngestReport } from '@empire/ingest'

/** What several runs did together. */
export function sumReports(reports: readonly IngestReport[]): IngestReport {
  const sum = (name: Exclude<keyof IngestReport, 'problems'>): number =>
    reports.reduce((total, report) => total + report[name], 0)
  return {
    found: sum('found'),
    indexed: sum('indexed'),
    unchanged: sum('unchanged'),
    deleted: sum('deleted'),
    skipped: sum('skipped'),
    deadLettered: sum('deadLettered'),
    stopped: sum('stopped'),
    chunks: sum('chunks'),
    bytes: sum('bytes'),
    problems: reports.flatMap(({ problems }) => problems),
  }
}
