import { docxParser, pdfParser } from '@empire/ingest-documents'
import { defaultParsers, type Parser } from '@empire/ingest'

/** What reads documents, whether they are kept in memory or in a file. */
export const documentParsers: readonly Parser[] = [pdfParser(), docxParser(), ...defaultParsers]
