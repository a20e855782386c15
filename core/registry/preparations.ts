import type { EncodingDefinition, FillDefinition } from './define'
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

/** What stands in for missing cells, by type. */
export const fills = registry<FillDefinition>(median, mean, mostCommon, empty, dropRow)

/** How cells become numbers, by type. */
export const encodings = registry<EncodingDefinition>(standardise, minMax, asIs, oneHot, dateParts)
