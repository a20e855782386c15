import type { EncodingDefinition, FillDefinition, TokenizationDefinition } from './define'
import dateParts from './encodings/dateParts'
import minMax from './encodings/minMax'
import asIs from './encodings/none'
import oneHot from './encodings/oneHot'
import standardise from './encodings/standardise'
import dropRow from './fills/dropRow'
import empty from './fills/empty'
import mean from './fills/mean'
import median from './fills/median'
import mostCommon from './fills/mostCommon'
import { registry } from './registry'
import characters from './tokenizations/characters'
import words from './tokenizations/words'

/** What stands in for missing cells, by type. */
export const fills = registry<FillDefinition>(median, mean, mostCommon, empty, dropRow)

/** How cells become numbers, by type. */
export const encodings = registry<EncodingDefinition>(standardise, minMax, asIs, oneHot, dateParts)

/** How texts are cut into what is read one after the other, by type. */
export const tokenizations = registry<TokenizationDefinition>(words, characters)
