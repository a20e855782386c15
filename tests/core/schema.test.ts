import { expect, test } from 'vitest'
import { documentJsonSchema } from '@core/document/schema'

test('docs/document.schema.json is the schema that documents are read with', async () => {
  // Out of date? Write it again: npx vitest run --project core tests/core/schema.test.ts -u
  const schema = `${JSON.stringify(documentJsonSchema(), null, 2)}\n`
  await expect(schema).toMatchFileSnapshot('../../docs/document.schema.json')
})
