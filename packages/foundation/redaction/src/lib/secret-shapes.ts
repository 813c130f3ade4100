import { trait } from './traits-of.ts'

/** One form that secrets have in text. */
export interface SecretShape {
  /** Stable, in kebab-case: `private-key`. */
  readonly name: string
  /** What to hide: the whole match, or its only group, which then ends the match. It must be linear on any text. */
  readonly pattern: RegExp
}

/** A shape of the common list. */
export interface ListedShape extends SecretShape {
  /** What every text of this shape has, so that others need not be searched. */
  readonly trait: number
}

/** How vendors begin their keys. At least sixteen letters, digits, `_` or `-` follow, not all of them as in words. */
const prefixes = listOf(String.raw`
  sk- sk_(?:live|test|prod)_ rk_(?:live|test)_ xai- gsk_ pplx- nvapi- tvly- jina_ pcsk_ lsv2_[ps]t_ tgp_v1_
  AIza AQ\. ya29\. GOCSPX- 1//0 gh[oprsu]_ github_pat_ gl(?:pat|dt|rt|cbt|ptt|ft|soat)- npm_ pypi- rubygems_ dckr_[op]at_
  xox[abcdeoprs]- xoxe\.xox[bp]- xapp- SG\. lin_api_ ntn_ figd_ AT[AC]TT3 sq0(?:atp|csp)- shp(?:at|ca|pa|ss)_ EZ[AT]K
  do[opr]_v1_ hv[brs]\. dp\.(?:audit|ct|pt|sa|scim|st)\. sntry[su]_ PMAK- NRAK- glsa_ glc_ vc[ak]_ sbp_ sb_secret_
  ops_eyJ AGE-SECRET-KEY-1 fm[12]r?_ HRKU- phx_ rpa_`)

/** Beginnings that words have too: at least twenty-eight letters and digits follow, and nothing else. */
const wordlikePrefixes = listOf('key- secret_ fw_ hf_ r8_ csk- dapi EAAA pul- SK rnd_ fo1_ pa-')

/** Keys that have no beginning of their own: Fireworks, Airtable, Mailchimp, Discord. */
const otherForms = [
  'fw_[A-Za-z0-9]{24}',
  'pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}',
  '[0-9a-f]{32}-us\\d{1,2}(?!\\w)',
  '[MNO][\\w-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,40}',
]

/**
 * Forms that betray a secret wherever they stand. Secrets known by their name are found by `findNamedSecrets`.
 *
 * Written `x{8}x*`, for `x{8,}` overflows the stack of the engine after millions of characters.
 */
export const secretShapes: readonly ListedShape[] = Object.freeze(
  [
    {
      name: 'api-key',
      trait: trait.run,
      pattern: new RegExp(
        `(?<![A-Za-z0-9])(?:(?:${prefixes.join('|')})(?=[a-z_-]{0,64}[A-Z0-9])[\\w-]{16}[\\w-]*(?:\\.[\\w-]{4}[\\w-]*){0,4}|(?:${wordlikePrefixes.join('|')})[A-Za-z0-9]{28}[A-Za-z0-9]*|${otherForms.join('|')})`,
        'g',
      ),
    },
    {
      name: 'aws-access-key',
      trait: trait.run,
      pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16}(?![A-Za-z0-9])/g,
    },
    {
      name: 'json-web-token',
      trait: trait.run,
      pattern: /(?<![\w-])eyJ[\w-]{8}[\w-]*\.[\w-]{8}[\w-]*(?:\.[\w-]*){1,3}/g,
    },
    {
      name: 'bearer-token',
      trait: trait.scheme,
      pattern:
        /\b(?:[Bb]earer|BEARER)[ \t]{1,8}(?=[a-z]{0,40}[^a-z\s"'`<>{}[\]()]|[a-z]{20})([\w.~+/=-]{8}[\w.~+/=-]*)/g,
    },
    {
      name: 'basic-credentials',
      trait: trait.scheme,
      pattern: /\b[Bb]asic[ \t]{1,8}(?=[a-z]{0,40}[A-Z0-9+/=])([A-Za-z0-9+/]{8}[A-Za-z0-9+/]*={0,2})/g,
    },
    {
      name: 'private-key',
      trait: trait.dashes,
      pattern:
        /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----[^-"'`<>{}]*(?:-(?!----)[^-"'`<>{}]*)*(?:-----END [A-Z0-9 ]{1,60}-----)?/g,
    },
    {
      name: 'url-password',
      trait: trait.separator,
      // Also one that should have been encoded, up to the first at sign: but not the path behind a port.
      pattern: /:\/\/[^\s/?#:@"'`<>[]{0,256}:(?!\d{1,5}[/?#])(?!\$\{)([^\s/?#"'`<>]+|[^\s@:"'`<>]{1,64})(?=@)/g,
    },
    {
      name: 'url-parameter',
      trait: trait.separator,
      pattern:
        /[?&](?:key|sig|signature|code|x-(?:amz|goog)-(?:signature|credential|security-token))=([^&\s#"'`<>\\]{6}[^&\s#"'`<>\\]*)/gi,
    },
    {
      name: 'webhook',
      trait: trait.run,
      pattern:
        /(?:hooks\.slack\.com\/(?:services|workflows|triggers)\/|discord(?:app)?\.com\/api\/webhooks\/\d{1,24}\/|webhook\.office\.com\/webhookb2\/)([\w@/-]{8}[\w@/-]*)/g,
    },
    { name: 'webhook-key', trait: trait.run, pattern: /(?<![A-Za-z0-9])whsec_[A-Za-z0-9+/=]{16}[A-Za-z0-9+/=]*/g },
    {
      name: 'registry-login',
      trait: trait.separator,
      pattern:
        /(?<![A-Za-z0-9])_?auth\\{0,31}["']?[ \t]{0,8}[:=][ \t]{0,8}\\{0,31}["']?(?=[A-Za-z+/]{0,64}\d)(?=[a-z0-9+/]{0,64}[A-Z])([A-Za-z0-9+/]{12}[A-Za-z0-9+/]*={0,2})/g,
    },
    {
      name: 'user-option',
      trait: trait.separator,
      pattern: /(?<![\w-])(?:-u|--user)[ \t=]{1,8}["']?[^\s:"'$]{1,128}:(?!\d+(?!\S)|\/\/|\$)([^\s"']+)/g,
    },
    { name: 'telegram-token', trait: trait.run, pattern: /(?<!\d)\d{8,10}:AA[\w-]{30}[\w-]*/g },
    {
      name: 'command-option',
      trait: trait.dashes,
      pattern:
        /(?<![\w-])--(?:[a-z0-9]{1,20}-){0,3}(?:password|passphrase|secret|token|api-?key|access-key|secret-key)[ \t]{1,8}["']?([^\s"'-][^\s"']*)/gi,
    },
  ].map((shape) => Object.freeze(shape)),
)

function listOf(words: string): string[] {
  return words.trim().split(/\s+/)
}
