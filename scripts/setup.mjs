// npm run setup [-- --retry] [-- --verbose]: everything that `npm start` and `npm test` need. Plain Node: it runs
// before node_modules exists.
import { setupOrExit } from './setup/index.mjs'

await setupOrExit({ retry: process.argv.includes('--retry') })
console.log('Netloom is set up.')
