export { docxParser, type DocxParserOptions } from './lib/docx-parser.ts'
export { pdfParser, type PdfParserOptions } from './lib/pdf-parser.ts'
