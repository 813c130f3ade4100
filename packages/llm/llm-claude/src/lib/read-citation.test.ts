import { describe, expect, it } from 'vitest'
import { readCitation } from './read-citation.ts'

const document = { cited_text: 'Rain.', document_index: 0, document_title: 'Report', file_id: null }

describe('readCitation', () => {
  it.each([
    [
      { type: 'char_location', ...document, start_char_index: 0, end_char_index: 5 },
      { text: 'Rain.', title: 'Report' },
    ],
    [
      { type: 'page_location', ...document, start_page_number: 1, end_page_number: 2 },
      { text: 'Rain.', title: 'Report' },
    ],
    [
      { type: 'content_block_location', ...document, document_title: null, start_block_index: 0, end_block_index: 1 },
      { text: 'Rain.' },
    ],
    [
      {
        type: 'search_result_location',
        cited_text: 'Rain.',
        title: 'Wiki',
        source: 'https://a.example/',
        search_result_index: 0,
      },
      { text: 'Rain.', title: 'Wiki', url: 'https://a.example/' },
    ],
    [
      {
        type: 'web_search_result_location',
        cited_text: 'Rain.',
        title: null,
        url: 'https://a.example/',
        encrypted_index: 'e',
      },
      { text: 'Rain.', url: 'https://a.example/' },
    ],
    [{ type: 'new_location', cited_text: 3 }, {}],
  ])('reads %j, and keeps it', (citation, read) => {
    expect(readCitation(citation, 2, 7)).toEqual({ ...read, start: 2, end: 7, vendor: citation })
  })
})
