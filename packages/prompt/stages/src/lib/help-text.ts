/** What `stages --help` prints. */
export const helpText = `Write a TypeScript module with the symbols of a vocabulary of prompt stages.

Usage
  stages generate <vocabulary.yaml> [options]

Options
  --output <file>  The module to write. Default: beside the vocabulary, with .ts in place of .yaml
  --check          Write nothing, and fail if the module is not what would be written
  --name <name>    The name of the constant that the module exports. Default: Stages
  --from <module>  Where the module imports defineStages from. Default: @empire/stages
  -h, --help       Print this and stop

Vocabulary
  stages:
    Objective:
      order: fixed                       # at this place among the top-level stages
      documentation: What is to be reached.
    Planning:
      display: The plan                  # the title; default: from the name
      children:
        Steps:

Exit codes
  0  the module is written, or is what would be written
  1  the vocabulary is at fault, or with --check the module is not what would be written
  2  wrong usage, or a file cannot be read or written

Examples
  stages generate stages.yaml
  stages generate prompts/stages.yaml --output src/stages.ts
  stages generate stages.yaml --check
`
