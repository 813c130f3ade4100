import type { GoogleGenAIOptions } from '@google/genai'

/** Gemini on Google Cloud (Vertex AI) in the place of the Gemini API. */
export interface GeminiVertex {
  /** The project that pays. Only with `apiKey` it may be left out ("express mode"). */
  readonly project?: string | undefined
  /** A region such as `europe-west4`, or `us`, `eu`, `global`. Default: `global`. */
  readonly location?: string | undefined
  /** How to log in, as Google's SDK takes it. Default: the application default credentials of the machine. */
  readonly authOptions?: NonNullable<GoogleGenAIOptions['googleAuthOptions']> | undefined
}

/** Where Gemini is, and who asks. */
export interface GeminiConnection {
  /**
   * A key of the Gemini API, or a function that gives it for each call, for keys that change. Only with `vertex` it may be
   * left out. The environment is not read.
   */
  readonly apiKey?: string | (() => string | Promise<string>) | undefined
  /** Default: the Gemini API is asked. */
  readonly vertex?: GeminiVertex | undefined
  /** The address without the version of the API. Default: that of Google. */
  readonly baseUrl?: string | undefined
  /** Default: `v1beta`; on Vertex AI `v1beta1`. */
  readonly apiVersion?: string | undefined
  /** Further headers of each call. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Default: that of the platform, without the limits of time that Node has. */
  readonly fetch?: typeof globalThis.fetch | undefined
}

/** The names of the options above, for checks. */
export const connectionOptions = ['apiKey', 'vertex', 'baseUrl', 'apiVersion', 'headers', 'fetch'] as const
