/** Which frame of a reply a fault hits: counted from 0, or by its place. */
export type FramePlace = number | 'first' | 'middle' | 'last'

/** What goes wrong with a reply. A reply that is not streamed is one frame. */
export type Fault =
  | StatusFault
  | StreamErrorFault
  | {
      /** The socket is closed within the frame, half of which has been sent; or before anything is sent, not even headers. */
      readonly type: 'socket-cut'
      /** Default: `middle`. */
      readonly at?: FramePlace | 'headers' | undefined
    }
  | {
      /** Nothing more is sent, from this frame on or from the headers on, and the connection stays open. */
      readonly type: 'stall'
      /** Default: `middle`. */
      readonly at?: FramePlace | 'headers' | undefined
    }
  | {
      /** This frame is sent again and again, as fast as the client reads, and the stream never ends. */
      readonly type: 'endless-stream'
      /** Default: `middle`. */
      readonly at?: FramePlace | undefined
    }
  | {
      /** In the place of this frame comes one whose content is cut in half and is no JSON. The others follow. */
      readonly type: 'malformed-frame'
      /** Default: `middle`. */
      readonly at?: FramePlace | undefined
    }

/** An error instead of the reply, in the words of the API. */
export interface StatusFault {
  readonly type: 'status'
  /** Such as 429, 500 or 529. */
  readonly status: number
  /** For the `Retry-After` header: seconds, or a text such as a date as it is. Default: no header. */
  readonly retryAfter?: number | string | undefined
  /** What the error says. Default: that it was asked for. */
  readonly message?: string | undefined
  /** More headers. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** In the place of the frame comes an error in the words of the API, and the stream ends. */
export interface StreamErrorFault {
  readonly type: 'stream-error'
  /** The status that the error names. Default: what the API says when it is overloaded. */
  readonly status?: number | undefined
  /** What the error says. Default: that it was asked for. */
  readonly message?: string | undefined
  /** Default: `middle`. */
  readonly at?: FramePlace | undefined
}

/** How one request is answered: in what time, and with what fault. */
export interface FakeStep {
  /** Milliseconds until the headers are sent. Default: 0. */
  readonly headerDelay?: number | undefined
  /** Milliseconds before each frame. Default: 0. */
  readonly frameDelay?: number | undefined
  /** More headers for the reply. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Default: none. */
  readonly fault?: Fault | undefined
}
