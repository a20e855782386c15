import type { Config } from '../registry/fields'
import { numberText } from '../words'
import type { ExportFormat } from './format'
import { parametersOf, type ExportModel } from './model'
import { prepareUsage } from './preparePython'
import type { Example } from './usage'

/** README.md of an export, for whoever finds the folder: what it is, and code that works as it stands. */
export function readme(
  format: ExportFormat,
  model: ExportModel,
  config: Config,
  files: readonly string[],
  example: Example
): string {
  const { install, language, code } = format.usage(model, config, example)
  return (
    [
      `# ${model.title}`,
      `A trained network of ${numberText(parametersOf(model))} weights, after ${numberText(model.epoch)} epochs, as ${format.title} (${format.ending}). Made with Netloom.`,
      format.docs,
      '## Files',
      [
        ...files.map((file) => `- \`${file}\``),
        ...(format.whole ? [] : ['- `preparation.json`: what goes in and what comes out']),
        ...(model.data.preparation && !format.whole
          ? ['- `prepare.py`: turns rows of the table into numbers']
          : [])
      ].join('\n'),
      '## Use it',
      ...(install === '' ? [] : [`\`\`\`sh\n${install}\n\`\`\``]),
      `\`\`\`${language}\n${code}\`\`\``,
      ...about(model)
    ].join('\n\n') + '\n'
  )
}

/** What goes in and what comes out, in words. */
function about({ data, plan }: ExportModel): readonly string[] {
  const { features, classes, scale, preparation, drawn } = data
  const { source, prediction } = plan
  const numbers = `${source.shape.join(' × ')} numbers`
  const given = drawn
    ? `${numbers} of noise.`
    : scale !== 1
      ? `Pictures of ${source.shape.join(' × ')}, every pixel a number from 0 to 255.`
      : `${numbers}${features.length > 0 ? `: ${features.join(', ')}` : ''}.`
  const answers =
    classes.length === 0
      ? `${prediction.join(' × ')} numbers.`
      : prediction.at(-1) === 1
        ? `One number: the larger, the more speaks for ${classes[1]} and against ${classes[0]}.`
        : `A number for each class, in this order: ${classes.join(', ')}. The largest is the answer.`
  return [
    '## What goes in',
    given,
    ...(preparation
      ? [
          'The columns of the table have to be brought to these numbers first. `prepare.py` does it, by what stands in `preparation.json`:',
          `\`\`\`python\n${prepareUsage(preparation)}\`\`\``,
          ...(preparation.target.encode && preparation.target.encode.state.length > 0
            ? [`Its \`answer\` brings what the network says to the units of ${preparation.target.name}.`]
            : [])
        ]
      : []),
    '## What comes out',
    answers
  ]
}
