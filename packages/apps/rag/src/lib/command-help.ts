const index = '  --index <file>     The index file. Default: "index" of the settings'
const help = '  -h, --help         Print this and stop'
const ends = `  2    wrong usage, or the index file cannot be used
  70   a fault in rag itself
  130  interrupted`

/** What `rag <command> --help` prints. */
export const commandHelp = {
  ingest: `Bring an index file up to date with files and other sources.

Usage
  rag ingest [<source>…] --index <file> [--json]

  A source is a file, a folder, or a glob in quotes: "docs/**/*.md", "!**/drafts/**". Without one, all sources that the file
  was filled from are read again. What has not changed is left alone; what is gone from a source is taken out.

Options
${index}
  --json             Print one JSON document: found, indexed, unchanged, deleted, skipped, deadLettered, chunks, problems
${help}

Output
  One line of counts. What was left out is named on standard error, one line each. What failed is kept as a dead letter:
  rag dead-letters --help. An interrupted run is completed by the next.

Exit codes
  0    up to date
  1    some items failed; the others are indexed
${ends}

Examples
  rag ingest ./docs README.md --index docs.db
  rag ingest --index docs.db
`,
  ask: `Ask a question of an index file.

Usage
  rag ask "<question>" --index <file> [options]

Options
${index}
  --top, --budget, --model, --record, --replay, --json: as of rag "<question>", see rag --help
${help}

Output and exit codes are those of rag "<question>".

Examples
  rag ask "Which port is the default?" --index docs.db
`,
  chat: `Talk about what is in an index file.

Usage
  rag chat --index <file> [--top <count>] [--budget <tokens>] [--model <name>]

  One question a line. What was said before goes with each, in half of the budget at most: long answers are shortened, then the
  oldest are left out. Ctrl-C stops an answer; twice, it ends the conversation, as the end of the input does. The default
  model is no language model, and answers each question by itself.

Options
${index}
  --top, --budget, --model: as of rag "<question>", see rag --help
${help}

Exit codes
  0    ended
${ends}
`,
  status: `Tell what is in an index file.

Usage
  rag status --index <file> [--json]

Options
${index}
  --json             Print one JSON document: sources, documents, pending, chunks, deadLetters, errorClasses
${help}

Exit codes
  0    told
${ends}
`,
  'dead-letters': `See, try again or drop what could not be indexed.

Usage
  rag dead-letters list [<id>] --index <file>     One line each, the oldest first
  rag dead-letters show <id> --index <file>       All about one: where it failed, the stack, the content, without secrets
  rag dead-letters replay [<id>] --index <file>   Try again; what succeeds is settled, and what failed three times is left alone
  rag dead-letters purge [<id>] --index <file>    Forget

Options
${index}
  --class <class>    Only letters of an error class, such as ENOSPC or malformed
  --step <step>      Only those that failed there: read, parse, chunk, write, remove
  --all              Purge all of them
  --json             Print JSON: a line for each letter of list, a document elsewhere
${help}

Exit codes
  0    done; of replay: everything is settled
  1    some letters failed again, or were left alone
${ends}
`,
} as const

/** The first word that makes the others more than a question. */
export type CommandName = keyof typeof commandHelp

/** Whether a word is the name of a command. */
export function isCommandName(word: string | undefined): word is CommandName {
  return word !== undefined && Object.hasOwn(commandHelp, word)
}
