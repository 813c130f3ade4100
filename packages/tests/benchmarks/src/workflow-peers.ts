import { Annotation, END, START, StateGraph } from '@langchain/langgraph'
import { createStep, createWorkflow } from '@mastra/core/workflows'
import { z } from 'zod'

/** A workflow of steps that do nothing, in a row or side by side. */
export interface PeerShapes {
  readonly chain: () => Promise<unknown>
  readonly wide: () => Promise<unknown>
}

async function countOne(): Promise<{ done: number }> {
  return { done: 1 }
}

/** LangGraph's graph of states. Its checks and listeners are as they come; there is no checkpointer. */
export function langGraph(count: number): PeerShapes {
  const State = Annotation.Root({ done: Annotation<number>({ reducer: (a, b) => a + b, default: () => 0 }) })
  const names = Array.from({ length: count }, (_, index) => `step ${index}`)
  const graph = () => {
    const added = new StateGraph(State)
    for (const name of names) added.addNode(name, countOne)
    // The types of a graph know only the nodes of its own chain of calls.
    return added as unknown as { addEdge(from: string, to: string): void; compile(): { invoke: Invoke } }
  }
  type Invoke = (input: object, options: object) => Promise<unknown>
  const chain = graph()
  const path = [START, ...names, END]
  for (const [index, name] of path.slice(1).entries()) chain.addEdge(path[index] ?? START, name)
  const wide = graph()
  for (const name of names) {
    wide.addEdge(START, name)
    wide.addEdge(name, END)
  }
  const [chained, abreast] = [chain.compile(), wide.compile()]
  const options = { recursionLimit: count + 5 }
  return {
    chain: () => chained.invoke({ done: 0 }, options),
    wide: () => abreast.invoke({ done: 0 }, options),
  }
}

/** Mastra's workflow, without storage. */
export function mastra(count: number): PeerShapes {
  const schema = z.object({ done: z.number() })
  const steps = Array.from({ length: count }, (_, index) =>
    createStep({
      id: `step-${index}`,
      inputSchema: schema,
      outputSchema: schema,
      execute: async ({ inputData }) => inputData,
    }),
  )
  const begin = (id: string) => createWorkflow({ id, inputSchema: schema, outputSchema: z.any() })
  interface Growing {
    then(step: unknown): Growing
    parallel(steps: readonly unknown[]): Growing
    commit(): { createRun(): Promise<{ start(options: object): Promise<{ status: string }> }> }
  }
  // Each call gives another type; in a loop there is one for all.
  let growing = begin('chain') as unknown as Growing
  for (const step of steps) growing = growing.then(step)
  const chain = growing.commit()
  const wide = (begin('wide') as unknown as Growing).parallel(steps).commit()
  const start = async (workflow: typeof chain): Promise<void> => {
    const { status } = await (await workflow.createRun()).start({ inputData: { done: 0 } })
    if (status !== 'success') throw new Error(`A workflow of Mastra ended as ${status}.`)
  }
  return { chain: () => start(chain), wide: () => start(wide) }
}
