import { z } from 'zod'
import type { Result } from '../result'

/** What a process can be asked by main, with the schemas of the arguments and of the value of the answer. */
export interface Questions {
  readonly [question: string]: { readonly args: z.ZodTuple; readonly value: z.ZodType }
}
export type ArgsOf<Qs extends Questions, Q extends keyof Qs> = z.infer<Qs[Q]['args']>
type ValueOf<Qs extends Questions, Q extends keyof Qs> = z.infer<Qs[Q]['value']>
export type AnswerOf<Qs extends Questions, Q extends keyof Qs> = Result<
  ValueOf<Qs, Q> extends undefined ? void : ValueOf<Qs, Q>
>
/** One function a question. */
export type Answers<Qs extends Questions> = {
  readonly [Q in keyof Qs]: (...args: ArgsOf<Qs, Q>) => Promise<AnswerOf<Qs, Q>> | AnswerOf<Qs, Q>
}

const problem = z.looseObject({ code: z.string(), message: z.string(), detail: z.string().optional() })

/** The answer to a question as it must be. */
export const answerSchema = (questions: Questions, question: string) =>
  z.union([
    z.strictObject({ ok: z.literal(true), value: questions[question]!.value.optional() }),
    z.strictObject({ ok: z.literal(false), problems: z.array(problem).min(1) })
  ])

/** Main → a process that is asked. */
export const askedSchema = z.strictObject({ id: z.int(), question: z.string(), args: z.array(z.unknown()) })
export type Asked = z.infer<typeof askedSchema>

/** That process → main. */
export const answeredSchema = z.strictObject({
  type: z.literal('answer'),
  id: z.int(),
  answer: z.unknown()
})
export type Answered = z.infer<typeof answeredSchema>
