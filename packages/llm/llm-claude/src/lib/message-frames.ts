import { frameReaders } from './frame-readers.ts'

/** The frames in which a message that came whole would have been streamed. */
export function* messageFrames(body: unknown): Generator<unknown, void, undefined> {
  const frame = frameReaders.frame.check(body)
  if (frame.type === 'error') return yield frame
  const { content, usage, ...message } = frameReaders.message.check(frame)
  yield { type: 'message_start', message: { ...message, usage } }
  for (const [index, content_block] of content.entries()) {
    yield { type: 'content_block_start', index, content_block }
    yield { type: 'content_block_stop', index }
  }
  yield { type: 'message_delta', delta: message, usage }
  yield { type: 'message_stop' }
}
