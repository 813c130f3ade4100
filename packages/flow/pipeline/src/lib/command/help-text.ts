/** What `pipeline --help` prints. */
export const helpText = `Show what happened in the runs of pipelines.

Usage
  pipeline explain <file> [options]
  pipeline runs <file>
  pipeline verify <audit> [--head <hash>]

Commands
  explain          Draw a run: its graph, when each step was at work, what was undone
  runs             List the runs in a file, the latest first
  verify           Check the hash chain of an audit, and print its head

The file is an audit (JSON Lines or SQLite, of @empire/record) or a journal (SQLite, of @empire/pipeline/sqlite).

Options
  --run <id>       The run to explain. Default: the latest
  --html <file>    Write a page of HTML in place of text
  --head <hash>    The head of an earlier verification: also finds entries that were removed from the end
  -h, --help       Print this and stop

Exit codes
  0  done
  1  the audit was changed, or the file is damaged
  2  wrong usage, or a file cannot be read or written

Examples
  pipeline explain audit.jsonl
  pipeline explain runs.sqlite --run monday --html monday.html
  pipeline verify audit.jsonl
`
