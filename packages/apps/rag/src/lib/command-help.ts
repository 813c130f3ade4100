const index = '  --index <file>     The index file. Default: "index" of the settings'
const help = '  -h, --help         Print this and stop'
const embedder = '  --embedder <name>  Refuse an index whose vectors are of another embedder'
const ends = `  2    wrong usage, a missing key, or the index file cannot be used
  70   a fault in rag itself, or the output cannot be written
  130  interrupted`
const busy = '  75   another rag writes to the index file: run it again when that is done'

/** What `rag <command> --help` prints. */
export const commandHelp = {
  ingest: `Bring an index file up to date with files and other sources.

Usage
  rag ingest [<source>…] --index <file> [--embedder <name>] [--json]
  rag ingest postgres://… --query <select> --index <file>
  rag ingest https://… --records <place> [--next <place>] [--id <place>] --index <file>

  Without a source, all those are read again that the file was filled from. What has not changed is left alone; what is gone
  from a source is taken out. Read are Markdown, HTML, text, code, CSV, JSON, PDF and DOCX.

Sources
  <path>             A file, a folder, or a glob in quotes: "docs/**/*.md", "!**/drafts/**"
  https://…          A page, or any other document; robots.txt is obeyed. With --records, a JSON API
  s3://bucket/docs/  The objects of a bucket whose keys begin so. Keys, region and server as of the AWS command: AWS_PROFILE,
                     AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT_URL_S3
  postgres://…       The rows of --query. Needs PGPASSWORD, if the server wants a password

  Addresses are kept, in the index file, for the next run, but no password: one that is typed into postgres://… is for this run.
  For the header Authorization of HTTP there is RAG_AUTHORIZATION, with a line for each host: "example.com Bearer abc".

Options
${index}
  --query <select>   What the rows of a database are: each has an id, and the rest is its text
  --records <place>  Where the list is in a page of a JSON API, such as /items; "." for the whole page
  --next <place>     Where the next page is: /links/next for a URL, cursor=/meta/cursor for a value of the parameter
                     "cursor". Default: in the header Link
  --id <place>       Where the id is in a record. Default: /id
  --embedder <name>  Makes vectors, too, so that passages are found by words and by meaning: gemini:<name>, which needs
                     GEMINI_API_KEY, or openai:<name>, which needs OPENAI_API_KEY, each also with @<base URL>. For a new
                     index file, which keeps to it. Default: that of the file, or words alone
  --json             Print one JSON document: found, indexed, unchanged, deleted, skipped, deadLettered, stopped, chunks,
                     bytes, problems
${help}

Output
  One line of counts. What was left out is named on standard error, one line each. What failed is kept as a dead letter:
  rag dead-letters --help. An interrupted run is completed by the next.

Exit codes
  0    up to date
  1    some items failed; the others are indexed
  2    wrong usage, a missing key, a source that cannot be read (the others are), or the index file cannot be used
  69   the embedder did not answer: a wrong key, no network, a limit
  70   a fault in rag itself, or the output cannot be written
${busy}
  130  interrupted

Examples
  rag ingest ./docs README.md --index docs.db
  rag ingest --index docs.db
  rag ingest ./docs --index docs.db --embedder gemini:gemini-embedding-001
  rag ingest postgres://shop@db/shop --query "select id, title, body from articles order by id" --index docs.db
`,
  ask: `Ask a question of an index file.

Usage
  rag ask "<question>" --index <file> [options]

Options
${index}
${embedder}
  --top, --budget, --model, --record, --replay, --trace, --json: as of rag "<question>", see rag --help
${help}

Output and exit codes are those of rag "<question>".

Examples
  rag ask "Which port is the default?" --index docs.db
  rag ask "Which port is the default?" --index docs.db --trace
`,
  chat: `Talk about what is in an index file.

Usage
  rag chat --index <file> [--top <count>] [--budget <tokens>] [--model <name>]
           [--embedder <name>]

  One question a line. What was said before goes with each, in half of the budget at most: long answers are shortened, then the
  oldest are left out. Ctrl-C stops an answer; twice, it ends the conversation, as the end of the input does. The default
  model is no language model, and answers each question by itself.

Options
${index}
${embedder}
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
  --json             Print one JSON document: sources, embedder, documents, pending, outdated, chunks, deadLetters,
                     errorClasses
${help}

Exit codes
  0    told
${ends}
`,
  forget: `Take sources out of an index file, such as a folder that is gone for good.

Usage
  rag forget <source>… --index <file> [--json]

  A source is named as to rag ingest, or as rag status shows it, in quotes. Its documents are deleted, and its dead letters, but
  not what another source of the file has, too. The sources themselves are not touched, nor read.

Options
${index}
  --json             Print one JSON document: sources, deleted, problems
${help}

Exit codes
  0    forgotten
  1    some documents could not be deleted: run it again
${ends}
${busy}

Examples
  rag forget ./docs --index docs.db
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
${busy}
`,
} as const

/** The first word that makes the others more than a question. */
export type CommandName = keyof typeof commandHelp

/** Whether a word is the name of a command. */
export function isCommandName(word: string | undefined): word is CommandName {
  return word !== undefined && Object.hasOwn(commandHelp, word)
}
