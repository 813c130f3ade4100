import { defineEvents } from '@empire/telemetry'

/** What happens in deployments of this process, on the diagnostics channels `empire:pipeline-dbos:log` and so on. */
export const pipelineDbosEvents = defineEvents('pipeline-dbos', {
  log: {
    description: 'DBOS said something.',
    fields: { level: ['debug', 'info', 'warn', 'error'], message: 'detail' },
  },
  trouble: {
    description: 'Something failed that is tried again, or a schedule has no input for its time.',
    fields: { task: ['heartbeat', 'recover', 'watch', 'run', 'release', 'connection', 'schedule'], error: 'detail' },
  },
  recovered: {
    description: 'Runs of workers that have ended were put back into their queues.',
    fields: { runs: 'sum' },
  },
})
