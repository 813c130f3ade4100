// Written by "stages generate". Change the vocabulary, and write it again.
import { defineStages } from './define-stages.ts'

/** The stages of a prompt for an agent that plans, acts with tools and answers. */
export const DefaultStages = defineStages({
  /** What is to be reached, and how one can tell that it is. */
  Objective: {
    display: 'Objective',
    documentation: 'What is to be reached, and how one can tell that it is.',
    order: 'fixed',
  },
  /** What is known before the work begins. */
  Context: {
    display: 'Context',
    documentation: 'What is known before the work begins.',
    children: {
      /** Facts that hold, whatever is asked. */
      Background: {
        display: 'Background',
        documentation: 'Facts that hold, whatever is asked.',
      },
      /** What the work is done on. */
      Inputs: {
        display: 'Inputs',
        documentation: 'What the work is done on.',
      },
      /** What must not be done, exceeded or assumed. */
      Constraints: {
        display: 'Constraints',
        documentation: 'What must not be done, exceeded or assumed.',
      },
    },
  },
  /** How the work is laid out before anything is done. */
  Planning: {
    display: 'Planning',
    documentation: 'How the work is laid out before anything is done.',
    children: {
      /** The steps in their order. */
      Steps: {
        display: 'Steps',
        documentation: 'The steps in their order.',
      },
      /** What is taken for granted, and has to be checked. */
      Assumptions: {
        display: 'Assumptions',
        documentation: 'What is taken for granted, and has to be checked.',
      },
      /** When a step counts as done. */
      SuccessCriteria: {
        display: 'Success Criteria',
        documentation: 'When a step counts as done.',
      },
    },
  },
  /** The tools there are, what each is for and what it takes. */
  ToolReference: {
    display: 'Tool Reference',
    documentation: 'The tools there are, what each is for and what it takes.',
    order: 'fixed',
  },
  /** How the plan is carried out. */
  Execution: {
    display: 'Execution',
    documentation: 'How the plan is carried out.',
    children: {
      /** What to consider before a tool is called. */
      BeforeToolExecution: {
        display: 'Before Tool Execution',
        documentation: 'What to consider before a tool is called.',
      },
      /** What to do with the result of a tool. */
      AfterToolExecution: {
        display: 'After Tool Execution',
        documentation: 'What to do with the result of a tool.',
      },
    },
  },
  /** How the plan changes with what is found. */
  AdaptiveExecution: {
    display: 'Adaptive Execution',
    documentation: 'How the plan changes with what is found.',
    children: {
      /** What a result can change in the plan. */
      AfterToolExecution: {
        display: 'After Tool Execution',
        documentation: 'What a result can change in the plan.',
      },
      /** What to do when a step fails. */
      OnFailure: {
        display: 'On Failure',
        documentation: 'What to do when a step fails.',
      },
      /** When to stop, and what to say then. */
      StopConditions: {
        display: 'Stop Conditions',
        documentation: 'When to stop, and what to say then.',
      },
    },
  },
  /** Inputs with the outputs that are right for them. */
  Examples: {
    display: 'Examples',
    documentation: 'Inputs with the outputs that are right for them.',
  },
  /** What holds in every stage. */
  GlobalRules: {
    display: 'Global Rules',
    documentation: 'What holds in every stage.',
  },
  /** What is handed over in the end. */
  Output: {
    display: 'Output',
    documentation: 'What is handed over in the end.',
    order: 'fixed',
    children: {
      /** The form of the answer. */
      Format: {
        display: 'Format',
        documentation: 'The form of the answer.',
      },
      /** The answer with gaps to fill. */
      Template: {
        display: 'Template',
        documentation: 'The answer with gaps to fill.',
      },
      /** What the answer must and must not hold. */
      Rules: {
        display: 'Rules',
        documentation: 'What the answer must and must not hold.',
      },
    },
  },
})
