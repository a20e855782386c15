/** The looks of a report: sober on a screen, A4 on paper, light always. */
export const REPORT_STYLE = `
@page { size: A4; margin: 18mm 16mm; }
* { box-sizing: border-box; margin: 0; }
html { color-scheme: light; }
body { font: 400 14px/21px system-ui, sans-serif; color: #211f1b; background: #fff; }
main { max-width: 760px; margin: 0 auto; padding: 40px 24px 8px; }
h1 { font: 650 30px/36px system-ui, sans-serif; letter-spacing: -0.02em; overflow-wrap: anywhere; }
h2 { font: 600 19px/26px system-ui, sans-serif; letter-spacing: -0.01em; margin-bottom: 10px; }
h3 { font: 600 14px/21px system-ui, sans-serif; margin: 18px 0 4px; }
section { margin-top: 32px; }
p { max-width: 72ch; margin: 6px 0; }
.lead { color: #57524a; font-size: 16px; line-height: 24px; }
.note { color: #57524a; font-size: 13px; }
table { border-collapse: collapse; margin: 8px 0; width: 100%; font-size: 13px; line-height: 18px; }
th, td { padding: 5px 12px 5px 0; text-align: left; vertical-align: top; border-bottom: 1px solid #e4dfd6; overflow-wrap: anywhere; }
thead th { color: #57524a; font-weight: 600; border-bottom-color: #928a7d; overflow-wrap: normal; }
tbody th { font-weight: 500; }
.num { text-align: right; padding: 5px 0 5px 12px; font-variant-numeric: tabular-nums; }
figure { margin: 8px 0 12px; }
figure svg { display: block; width: 100%; height: auto; max-height: 340px; }
figcaption { font-size: 13px; color: #57524a; }
figure.curves path { fill: none; stroke-width: 2; stroke-linejoin: round; }
.curves text { font: 12px system-ui, sans-serif; }
.curves .grid { stroke: #e4dfd6; stroke-width: 1; }
.curves path.best { stroke: #0b7263; stroke-width: 1.5; stroke-dasharray: 2 3; }
.curves path.train { stroke: #211f1b; }
.curves path.validation { stroke: #a02f70; stroke-dasharray: 6 4; }
.key { display: inline-block; width: 20px; margin: 0 5px 4px 10px; border-top: 2px solid #211f1b; vertical-align: middle; }
.key:first-child { margin-left: 0; }
.key.validation { border-top: 2px dashed #a02f70; }
.key.best { border-top: 2px dotted #0b7263; }
.wrong { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 16px; margin-top: 10px; font-size: 13px; line-height: 18px; }
.wrong li { break-inside: avoid; border: 1px solid #e4dfd6; border-radius: 8px; padding: 10px 12px; overflow-wrap: anywhere; }
.wrong img { width: 84px; height: auto; image-rendering: pixelated; border: 1px solid #e4dfd6; }
footer { max-width: 760px; margin: 0 auto; padding: 20px 24px 32px; font-size: 12px; color: #6b655b; }
@media print {
  main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  main { padding-top: 0; }
  h2, h3, thead { break-after: avoid; }
  tr, figure { break-inside: avoid; }
}
`
