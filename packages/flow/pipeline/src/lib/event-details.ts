import type { PipelineEvent } from './pipeline-event.ts'

type WithoutRun<Event> = Event extends PipelineEvent ? Omit<Event, 'pipeline' | 'runId' | 'at'> : never

/** What is said of an event besides which run it is of, and when. */
export type EventDetails = WithoutRun<PipelineEvent>
