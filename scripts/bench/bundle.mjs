// Bundles our side of the benchmark, as the command line tool is bundled.
import { build } from 'vite'
import { commandLine } from '../build/bundles.mjs'
import { at } from '../setup/places.mjs'

await build(commandLine({ bench: at('trainer/bench/main.ts') }, at('out/bench/code')))
