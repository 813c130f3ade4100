/** English-like documents made from a seed: word frequencies and vocabulary growth follow Zipf's law. */
export interface CorpusDocument {
  id: string
  title: string
  text: string
}

const functionWords =
  `the of and to a in is that for it as was with be by on not he his but at are this have from or had an
they which one were all their there been has when who will no if out so up said what its about than into them can only
other time new some could these two may first then do any like my now over such our man me even most made after also did
many off before must well back through years where much your way down should because long each just state those people
too how little good world make very year still see own work men day get here old between both life being under three
never know same last another while us might great go come since against right came take used himself few house use place
during high without again home around small however found`.split(/\s+/)

const onsets = [
  'b',
  'br',
  'c',
  'cl',
  'cr',
  'd',
  'dr',
  'f',
  'fl',
  'g',
  'gr',
  'h',
  'j',
  'l',
  'm',
  'n',
  'p',
  'pl',
  'pr',
].concat(['qu', 'r', 's', 'sc', 'sh', 'sp', 'st', 'str', 't', 'th', 'tr', 'v', 'w'])
const vowels = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'ou']
const codas = ['', '', 'n', 'r', 'l', 't', 's', 'm', 'nt', 'st', 'ck', 'rd', 'ct', 'p']
const endings = ['', '', '', 's', 's', 'ed', 'ing', 'er', 'ly', 'tion', 'al', 'ment', 'ness', 'able']

/** Ranks are drawn up to this one: so many distinct words 20 MB of English have. */
const vocabularySize = 100_000

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Documents of about 1,040 bytes each: 20,000 of them are 20.8 MB. */
export function createCorpus(count: number, seed = 1): CorpusDocument[] {
  const random = createRandom(seed)
  const word = createWords()
  return Array.from({ length: count }, (_, index) => {
    const topic = Array.from({ length: 12 }, () => word(contentRank(random)))
    const next = (): string => (random() < 0.1 ? pick(topic, random) : word(anyRank(random)))
    return { id: `document-${index}`, title: sentence(topic.slice(0, 6)), text: makeText(next, random) }
  })
}

/** Queries of content words, drawn as often as texts use them. */
export function createQueries(count: number, length: number, seed = 2): string[] {
  const random = createRandom(seed)
  const word = createWords()
  return Array.from({ length: count }, () => Array.from({ length }, () => word(contentRank(random))).join(' '))
}

/** Zipf's law: each word is drawn as often as its rank says, 1 / rank. */
function anyRank(random: () => number): number {
  return Math.floor(Math.exp(random() * Math.log(vocabularySize)))
}

function contentRank(random: () => number): number {
  const first = functionWords.length + 1
  return Math.floor(first * Math.exp(random() * Math.log(vocabularySize / first)))
}

/** The word of each rank: real ones first, then made of syllables, the same in every corpus. */
function createWords(): (rank: number) => string {
  const made: string[] = ['', ...functionWords]
  return (rank) => (made[rank] ??= makeWord(rank))
}

/** Two to eleven letters, the frequent words the shorter ones. */
function makeWord(rank: number): string {
  const random = createRandom(rank)
  const syllables = rank < 1000 ? 1 : rank < 20_000 ? 1 + Math.floor(random() * 2) : 2
  const stem = Array.from({ length: syllables }, () => pick(onsets, random) + pick(vowels, random)).join('')
  return stem + pick(codas, random) + pick(endings, random)
}

function makeText(next: () => string, random: () => number): string {
  const sentences: string[] = []
  for (let length = 0; length < 970; length += (sentences.at(-1) as string).length + 1) {
    sentences.push(sentence(Array.from({ length: 6 + Math.floor(random() * 20) }, next)))
  }
  return sentences.join(' ')
}

function sentence(words: readonly string[]): string {
  const text = words.join(' ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  return items[Math.floor(random() * items.length)] as Item
}
