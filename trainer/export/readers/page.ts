import { Mismatch, type Reader } from './reader'

/** A browser opens the page, and is asked with what a person would draw or type. */
export const readPage: Reader = async ({ model, files, raw, browser }) => {
  if (!browser)
    return {
      reader: undefined,
      unchecked:
        'There is no browser here to open the page with. Netloom’s window has one: an export from there is checked.'
    }
  const answers = await browser.answers(files[`${model.name}.html`]!, await raw())
  if (answers.length === 0) throw new Mismatch('The page gave no answer.')
  return { reader: BY, answers: { by: BY, values: Float32Array.from(answers.flat()) } }
}

const BY = 'the page in Chromium'
