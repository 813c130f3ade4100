import type { Label } from './label.ts'

interface Claim {
  readonly version: Promise<string>
  /** Infinity while it is on its way. */
  landed: number
}

/** Claims remembered before they are forgotten, which costs a load. */
const mostClaims = 10_000

/**
 * Sees to it that loads which begin at the same time agree on the versions that they give to labels without one: of two
 * versions given to the same label only one would count.
 */
export class LabelClaims {
  #tick = 0
  readonly #claims = new Map<Label, Claim>()

  /** To be called before versions are read. */
  begin(): number {
    return ++this.#tick
  }

  /** The claim that explains why a reading that began at `beginning` found no version: it had not landed by then. */
  find(label: Label, beginning: number): Promise<string> | undefined {
    const claim = this.#claims.get(label)
    return claim !== undefined && claim.landed > beginning ? claim.version : undefined
  }

  /** Remembers that `labels` are being given their versions; `landing` settles when they have them. */
  add(created: readonly (readonly [Label, string])[], landing: Promise<void>): void {
    if (this.#claims.size > mostClaims) this.#claims.clear()
    for (const [label, version] of created) {
      const claim: Claim = { version: landing.then(() => version), landed: Infinity }
      this.#claims.set(label, claim)
      claim.version.then(
        () => (claim.landed = ++this.#tick),
        () => this.#claims.get(label) === claim && this.#claims.delete(label),
      )
    }
  }
}
