import { Mismatch, type Reader } from './reader'

/** Nothing can be asked of a report. */
export const readReport: Reader = ({ files }) => {
  const [name, bytes] = Object.entries(files)[0]!
  if (name.endsWith('.pdf') && String.fromCharCode(...bytes.subarray(0, 5)) !== '%PDF-')
    throw new Mismatch('The browser made no PDF file.')
  return Promise.resolve({
    reader: undefined,
    forPeople: true,
    unchecked: 'There is nothing in a report that a program could ask.'
  })
}
