import type { Clock } from '@empire/clock'
import { CassetteFileError } from './cassette-file-error.ts'
import { CassetteMismatchError } from './cassette-mismatch-error.ts'
import type { CassetteRequest } from './cassette-request.ts'
import type { CassetteNoResponse, CassetteResponse } from './cassette-response.ts'
import { canonicalJson } from './canonical-json.ts'
import { contentHash } from './content-hash.ts'
import { createJsonlStore } from './create-jsonl-store.ts'
import { interactionKind } from './interaction-kind.ts'
import { readSteps } from './read-steps.ts'
import { replayResponse } from './replay-response.ts'
import { changedLength } from './changed-length.ts'
import type { Tape } from './tape.ts'

interface Interaction {
  readonly hash: string
  readonly order: number
  readonly request: CassetteRequest
  readonly response: CassetteResponse | CassetteNoResponse
}

export function createReplayingTape({ path, clock }: { readonly path: string; readonly clock: Clock }): Tape {
  let loading: Promise<Interaction[]> | undefined
  const used = new Set<string>()
  const left = (): Promise<Interaction[]> => (loading ??= load(path))

  return {
    async fetch({ request, described }) {
      const interactions = await left()
      const { signal } = request
      signal.throwIfAborted()
      const hash = contentHash(described)
      const found = interactions.findIndex((interaction) => interaction.hash === hash)
      const [interaction] = found === -1 ? [] : interactions.splice(found, 1)
      if (interaction === undefined) {
        const similar = used.has(hash) ? described : mostSimilar(described, interactions)?.request
        throw new CassetteMismatchError(path, described, similar)
      }
      used.add(hash)
      return replayResponse(interaction.response, { clock, signal })
    },
    unused: async () => (await left()).map(({ request }) => request),
    close: () => Promise.resolve(),
  }
}

async function load(path: string): Promise<Interaction[]> {
  const interactions: Interaction[] = []
  for await (const { kind, inputs, output, meta } of readSteps(createJsonlStore({ path }))) {
    if (kind !== interactionKind) continue
    interactions.push({
      hash: contentHash(inputs),
      order: Number(meta['order']),
      request: inputs as CassetteRequest,
      response: output as CassetteResponse | CassetteNoResponse,
    })
  }
  if (interactions.length === 0) throw new CassetteFileError('cassette_not_found', path)
  return interactions.toSorted((a, b) => a.order - b.order)
}

/** Of the same method and URL if there is one: many requests to a model have these in common. */
function mostSimilar(request: CassetteRequest, left: readonly Interaction[]): Interaction | undefined {
  const { method, url } = request
  const alike = left.filter((other) => other.request.url === url && other.request.method === method)
  const text = canonicalJson(request)
  const ranked = (alike.length > 0 ? alike : left).map((interaction) => {
    return { interaction, changed: changedLength(canonicalJson(interaction.request), text) }
  })
  return ranked.toSorted((a, b) => a.changed - b.changed)[0]?.interaction
}
