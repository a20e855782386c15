import { askedSchema, type Answered, type Answers, type Questions } from '@core/ipc/questions'
import { fail } from '@core/result'

/** Answers main's questions as long as this process lives. `failed` says in words what went wrong. */
export function answerQuestions<Qs extends Questions>(
  questions: Qs,
  answers: Answers<Qs>,
  failed: (words: string) => string
): void {
  const answer = async (message: unknown): Promise<void> => {
    const { id, question, args: given } = askedSchema.parse(message)
    const args = questions[question]!.args.parse(given)
    // The compiler cannot see that the arguments and the answer belong to the same question.
    const work = answers[question] as (...args: unknown[]) => unknown
    let said: unknown
    try {
      said = await work(...args)
    } catch (error) {
      console.error(error)
      said = fail({
        code: 'process',
        message: failed(error instanceof Error ? error.message : String(error))
      })
    }
    process.parentPort.postMessage({ type: 'answer', id, answer: said } satisfies Answered)
  }
  process.parentPort.on('message', ({ data }: Electron.MessageEvent) => void answer(data))
}
