import type { ExportFormat } from '../format'
import { registry, type Registry } from '../../registry/registry'
import json from './json'
import npz from './npz'
import onnx from './onnx'
import savedModel from './savedModel'

/** All formats by type, in the order in which people see them. A test fails where a file is missing here. */
export const formats: Registry<ExportFormat> = registry(onnx, savedModel, npz, json)
