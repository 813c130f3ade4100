import type { StreamPart } from '../stream-part.ts'

/** Whether a part delivers something of the answer: from then on, the call cannot be made again unseen. */
export function isContent(part: StreamPart): boolean {
  switch (part.type) {
    case 'text-delta':
    case 'reasoning-delta':
      return part.text !== ''
    case 'tool-call-start':
    case 'tool-call-delta':
    case 'tool-call-end':
    case 'citation':
    case 'media':
    case 'finish':
      return true
    default:
      return false
  }
}
