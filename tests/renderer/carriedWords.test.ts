import { firstProject } from '@core/templates'
import { expect, test } from 'vitest'
import { carriedWords } from '../../renderer/training/carriedWords'

test('says what became of each layer, and leaves out what is not drawn any more', () => {
  expect(carriedWords({ hidden: 'grown', output: 'fresh', gone: 'kept' }, firstProject)).toBe(
    'Changed in size, with what it knew: Dense. From the start: Dense.'
  )
  expect(carriedWords({ hidden: 'kept', output: 'kept' }, firstProject)).toBe('Kept: Dense, Dense.')
})
