import { describeValue, expectKnownKeys } from '@empire/errors'
import type { ContractDefinition } from './contract-definition.ts'
import { type ContractOptions, expectOptions } from './contract-options.ts'
import { modeIn } from './contract-mode.ts'
import { type ContractCounts, createLedger } from './create-ledger.ts'
import { isEach } from './each.ts'
import { expectSchema } from './expect-schema.ts'
import { implementContract } from './implement-contract.ts'
import type {
  Answer,
  CheckedArguments,
  DeclaredError,
  ErrorSchemas,
  Given,
  GivenArguments,
  InputSchemas,
  ValueSchema,
} from './schemas.ts'

/** A function that keeps a contract. */
export type Implementation<Signature, Arguments extends readonly unknown[], Result> = ((
  ...args: Arguments
) => Result) & {
  readonly contract: Signature
}

/** The signature of a function, checked when it is called. The schemas are there to read: for tools, operations, documents. */
export interface Contract<
  Input extends InputSchemas | undefined = InputSchemas | undefined,
  Output extends ValueSchema | undefined = ValueSchema | undefined,
  Errors extends ErrorSchemas | undefined = ErrorSchemas | undefined,
> {
  readonly name: string
  readonly description: string | undefined
  readonly input: Input
  readonly output: Output
  readonly errors: Errors

  /**
   * Gives `run` with its arguments, its result and its errors checked. `this` is passed on.
   *
   * `run` gets the arguments as the schemas give them. What stands behind those of the contract, such as `{ signal }`, passes
   * unchecked. A promise is checked when it settles, an iterable item by item. A schema that answers with a promise
   * makes the call return one. An error that is the reason of an aborted signal among the arguments passes untouched.
   *
   * @throws {ContractViolationError} From the call, when it breaks the contract and the mode enforces it.
   */
  implement<Returned extends Given<Output> | PromiseLike<Given<Output>>, Context = unknown>(
    run: (...args: [...CheckedArguments<Input>, context: Context]) => Returned,
  ): Implementation<
    this,
    unknown extends Context ? GivenArguments<Input> : [...GivenArguments<Input>, context: Context],
    Answer<Output, Returned>
  >

  /** The same as a decorator of methods (TC39, stage 3): `@transfer.method`. */
  readonly method: <
    This,
    Arguments extends readonly unknown[],
    Returned extends Given<Output> | PromiseLike<Given<Output>>,
  >(
    run: (this: This, ...args: Arguments) => Returned,
    context: ClassMethodDecoratorContext<This, (this: This, ...args: Arguments) => Returned>,
  ) => (this: This, ...args: Arguments) => Returned

  /** Whether an error is one of those declared, to branch on its `code`. Its details are not checked again. */
  declares(error: unknown): error is DeclaredError<Errors>

  /** What the contract has seen so far, over all its implementations. */
  counts(): ContractCounts
}

/**
 * Makes a contract.
 *
 * @throws {TypeError} When a part of the definition or an option is not what it has to be.
 */
export function contract<
  const Input extends InputSchemas | undefined = undefined,
  Output extends ValueSchema | undefined = undefined,
  Errors extends ErrorSchemas | undefined = undefined,
>(
  definition: ContractDefinition<Input, Output, Errors>,
  options: ContractOptions = {},
): Contract<Input, Output, Errors> {
  expectDefinition(definition)
  expectOptions(options)
  const { name, description, output } = definition
  // Copies: a contract does not change with the lists that it was made of.
  const input = (Array.isArray(definition.input) ? Object.freeze([...definition.input]) : definition.input) as Input
  const errors = (definition.errors && Object.freeze({ ...definition.errors })) as Errors
  const environment = options.environment ?? process.env['NODE_ENV'] ?? 'development'
  const ledger = createLedger(name, options.onViolation)
  const keeping = {
    mode: modeIn(options.mode ?? 'enforce', environment),
    freeze: options.freeze ?? false,
    random: options.random ?? Math.random,
    ledger,
  }
  const made = {
    name,
    description,
    input,
    output,
    errors,
    implement(run: unknown) {
      if (typeof run !== 'function') {
        throw new TypeError(`implement: "run" must be a function, got ${describeValue(run)}.`)
      }
      const checked = implementContract({ name, input, output, errors }, keeping, run as never)
      Object.defineProperty(checked, 'name', { value: run.name === '' ? name : run.name, configurable: true })
      Object.defineProperty(checked, 'length', { value: run.length, configurable: true })
      return Object.defineProperty(checked, 'contract', { value: made })
    },
    method(run: unknown, context: { kind?: unknown } | undefined) {
      if (context?.kind !== 'method') {
        throw new TypeError(`method: @${name}.method decorates methods, got ${describeValue(context?.kind)}.`)
      }
      return made.implement(run)
    },
    declares: (error: unknown): boolean => {
      const code: unknown = (error as { code?: unknown } | null | undefined)?.code
      return error instanceof Error && typeof code === 'string' && errors !== undefined && Object.hasOwn(errors, code)
    },
    counts: ledger.counts,
  }
  return Object.freeze(made) as unknown as Contract<Input, Output, Errors>
}

const parts = ['name', 'description', 'input', 'output', 'errors']

function expectDefinition(definition: unknown): void {
  if (typeof definition !== 'object' || definition === null) {
    throw new TypeError(`contract: "definition" must be an object, got ${describeValue(definition)}.`)
  }
  const { name, description, input, output, errors } = definition as Readonly<Record<string, unknown>>
  if (typeof name !== 'string' || !/^[^\p{Cc}]+$/u.test(name)) {
    throw new TypeError(`contract: "name" must be a text of one line, got ${describeValue(name)}.`)
  }
  // A contract is a definition as well: to be kept in another mode.
  if (!('implement' in definition)) expectKnownKeys('contract: "definition"', definition, parts)
  if (description !== undefined && typeof description !== 'string') {
    throw new TypeError(`contract: "description" must be a string, got ${describeValue(description)}.`)
  }
  const inputs = Array.isArray(input) ? input : [input]
  for (const [index, schema] of inputs.entries()) {
    if (input !== undefined) expectValueSchema(schema, Array.isArray(input) ? `"input[${index}]"` : '"input"')
  }
  if (output !== undefined) expectValueSchema(output, '"output"')
  if (errors === undefined) return
  if (typeof errors !== 'object' || errors === null || Array.isArray(errors)) {
    throw new TypeError(`contract: "errors" must be an object of schemas by code, got ${describeValue(errors)}.`)
  }
  for (const [code, schema] of Object.entries(errors)) expectSchema(schema, `contract: "errors.${code}"`)
}

function expectValueSchema(schema: unknown, what: string): void {
  if (!isEach(schema)) expectSchema(schema, `contract: ${what}`)
}
