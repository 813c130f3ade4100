import { expectTypeOf } from 'vitest'
import { defineStages } from './define-stages.ts'
import { createPrompt } from './prompt.ts'
import type { Stage, StagePath } from './stage.ts'

const Stages = defineStages({
  Objective: { display: 'Objective', order: 'fixed' },
  AdaptiveExecution: {
    display: 'Adaptive Execution',
    children: { AfterToolExecution: { display: 'After Tool Execution' } },
  },
})

expectTypeOf(Stages.AdaptiveExecution.AfterToolExecution.path).toEqualTypeOf<'AdaptiveExecution/AfterToolExecution'>()
expectTypeOf(Stages.AdaptiveExecution.AfterToolExecution.parent).toExtend<Stage<'AdaptiveExecution'>>()
expectTypeOf<StagePath<typeof Stages>>().toEqualTypeOf<
  'Objective' | 'AdaptiveExecution' | 'AdaptiveExecution/AfterToolExecution'
>()

// @ts-expect-error -- a stage that was renamed breaks the compile of its users
export const renamed: Stage = Stages.AdaptiveExecution.AfterTool

const Others = defineStages({ Planning: { display: 'Planning' } })
const prompt = createPrompt(Stages)
prompt.add(Stages.AdaptiveExecution, 'x').add('any name', 'x').add(['a', 'b'], 'x')
// @ts-expect-error -- a stage of another vocabulary
prompt.add(Others.Planning, 'x')
