import type { ExportStep } from '@core/export/preview'
import type { Proof } from '@core/export/proof'

/** What is being done, for people who wait for it. */
export const STEP_WORDS: { readonly [S in ExportStep]: string } = {
  data: 'Reading the data …',
  writing: 'Making the files …',
  checking: 'Reading them back and comparing answers …'
}

const count = new Intl.NumberFormat('en-US')
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** A small number as people write it: "3 × 10⁻⁸", "none" for 0. */
export function smallNumber(value: number): string {
  if (value === 0) return 'none'
  const [digits, power] = value.toExponential(0).split('e') as [string, string]
  const exponent = [...power].map((c) => (c === '-' ? '⁻' : (SUPERSCRIPTS[Number(c)] ?? ''))).join('')
  return `${digits} × 10${exponent}`
}

/** What was checked, as a heading and sentences; nothing is claimed that was not tried. */
export function proofWords(proof: Proof): { readonly title: string; readonly text: string } {
  const { reader, weights, answers, unchecked } = proof
  const sentences = [
    ...(weights === undefined
      ? []
      : [
          `${reader === undefined ? 'The file was read back' : `Read back with ${reader}`}: ${count.format(weights)} weights came back unchanged.`
        ]),
    ...(answers
      ? [
          `Asked ${count.format(answers.samples)} samples with ${answers.by}. Largest difference: ${smallNumber(answers.difference)}.`
        ]
      : []),
    ...(unchecked === undefined ? [] : [unchecked])
  ]
  const title = answers
    ? 'Checked: gives the same answers as here'
    : weights === undefined
      ? proof.forPeople
        ? 'For people to read'
        : 'Not checked on this computer'
      : 'Checked: holds the same weights'
  return { title, text: sentences.join(' ') }
}
