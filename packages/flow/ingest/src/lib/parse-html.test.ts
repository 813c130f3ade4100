import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineAt } from './line-at.ts'
import { parseHtml as parse } from './parse-html.ts'

const parseHtml = (text: string) => parse({ text, anchors: [{ offset: 0, line: 1, byte: 0 }] })

describe('parseHtml', () => {
  it('gives readable text with its structure', () => {
    const page = parseHtml(`<!doctype html>
<html><head><title>The &amp; title</title><style>p { color: red }</style></head>
<body>
<nav><a href="/">Home</a></nav>
<h1>Hello
  <b>World</b></h1>
<p>One<br>two,   three&nbsp;&lt;four&gt;.</p>
<ul><li>First</li><li><p>Second</p></li></ul>
<table><tr><th>Name</th><th>Size</th></tr><tr><td>a</td><td>1 <b>kB</b></td></tr></table>
<pre>
if (a) {
  b()
}
</pre>
<script>alert(1)</script>
End</body></html>`)
    expect(page.title).toBe('The & title')
    expect(page.text).toBe(
      [
        'Hello World\n',
        'One\ntwo, three\u00a0<four>.\n- First\n- Second\n',
        'Name | Size\na | 1 kB\n',
        'if (a) {\n  b()\n}\n',
        'End',
      ].join('\n'),
    )
    expect(page.blocks.map((block) => block.kind)).toEqual(['heading', 'text', 'text', 'text', 'table', 'code', 'text'])
  })

  it.each([
    ['<h2>First</h2><h1>Main</h1>', 'Main'],
    ['<title> </title><h2>First</h2>', 'First'],
    ['<svg><title>Icon</title></svg><title>Page</title>', 'Page'],
    ['<p>text', undefined],
  ])('takes the title of %j to be %j', (source, title) => {
    expect(parseHtml(source).title).toBe(title)
  })

  it.each([
    ['an unclosed paragraph', '<p>One<p>Two', 'One\n\nTwo'],
    ['unclosed list items', '<ul><li>a<li>b</ul>c', '- a\n- b\n\nc'],
    ['an empty list item', '<ul><li></li></ul><p>a', 'a'],
    ['unclosed cells', '<table><tr><td>a<td>b<tr><td>c</table>d', 'a | b\nc\n\nd'],
    ['an end tag without a start', 'a</div></b>b', 'ab'],
    ['a menu closed by what is around it', '<div><nav>menu</div>text', 'text'],
    ['comments and CDATA', 'a<!-- <p>b -->c<![CDATA[d]]>', 'ac'],
    ['foreign elements that close themselves', 'a<svg/>b<svg><path/></svg>c', 'abc'],
    ['a slash that closes nothing', '<nav/>menu</nav>text', 'text'],
    ['unknown elements', '<my-app>a<b>b</b></my-app>', 'ab'],
    ['entities without an end', 'AT&T &copy 2026', 'AT&T © 2026'],
    ['impossible entities', '&#0;&#xD800;&#x110000;', '\ufffd\ufffd\ufffd'],
    ['only a no-break space', '<p>a</p><p>&nbsp;</p><p>b</p>', 'a\n\nb'],
    ['preformatted text with elements', '<pre><span>a</span>\n  <i>b</i><br>c</pre>', 'a\n  b\nc'],
    ['preformatted text in a table', '<table><tr><td>1<td><pre>a\n b</pre></table>', '1\n\na\n b'],
    ['a table in a table', '<table><tr><td>a<table><tr><td>b</table></table>', 'a\nb'],
    ['upper case', '<P>a<SCRIPT>x</SCRIPT><H1>b</H1>', 'a\n\nb'],
    ['a cut tag', 'a<b', 'a'],
  ])('reads %s', (_what, source, text) => {
    expect(parseHtml(source).text).toBe(text)
  })

  it.each([
    ['only the main part of a page', '<header>a</header><main><h1>b</h1>c</main><div>d</div>', ['b', 'c']],
    ['the main part by its role', '<div>a</div><div role="main"><p>b</div><p>c', ['b']],
    ['a main part that is not closed', '<p>a<main><p>b<p>c', ['b', 'c']],
    ['all of it, where the main part is empty', '<p>a<main> </main><p>b', ['a', 'b']],
    ['all but menus and the footer of the site', '<div role=navigation>a</div><p>b</p><footer>c</footer>', ['b']],
    ['the footer of an article', '<article><p>a</p><footer>b</footer></article>', ['a', 'b']],
    [
      'nothing that is hidden from readers',
      '<p>a<span aria-hidden="true">#</span></p><p aria-hidden="false">b',
      ['a', 'b'],
    ],
  ])('reads %s', (_what, source, texts) => {
    const { text, blocks } = parseHtml(source)
    expect(blocks.map(({ start, end }) => text.slice(start, end))).toEqual(texts)
  })

  it('puts blocks in order, without blank space around them', () => {
    const { text, blocks } = parseHtml('<p> &nbsp; <h1> a </h1> <pre>\n\n b \n</pre> <li> c <table> <td> d </table> ')
    expect(blocks.map((block) => text.slice(block.start, block.end))).toEqual(['a', ' b', '- c', 'd'])
  })

  it('goes back to the place in the source', () => {
    const far = `<i title="${'é'.repeat(200)}">`
    const source = `<p>é\n  b &amp; c${far}f\n<pre>\nd\n\ne</pre>`
    const { text, anchors } = parseHtml(source)
    const places = anchors.map(({ offset, line, byte }) => [text.slice(offset, offset + 1), line, byte])
    expect(places).toEqual([
      ['é', 1, 3],
      ['b', 2, 8],
      ['f', 2, 429],
      ['d', 4, 437],
    ])
  })

  it.each([
    ['<p>x</p\n\n\n>&amp; zebra', 4],
    ['<script></script\n>&copy; zebra', 2],
    ['<!-- a --\n!>\n&lt; zebra -->\n&lt; zebra', 4],
    ['<p\ntitle="&amp;\n">&#00038 zebra', 3],
    ['<![CDATA[\n]]>\n\n&notit; zebra', 4],
    ['a\n&amp;&amp;\n&&amp; zebra', 3],
  ])('knows the line of each entity in %j', (source, line) => {
    const { text, anchors } = parseHtml(source)
    const entity = text.lastIndexOf(' zebra') - 1
    expect(lineAt({ text, anchors }, entity)).toBe(line)
  })

  it('knows the line of each word, whatever is around it', () => {
    const pieces = [
      ['\n', ' ', '&amp;', '&#10;', '<br>', '<p>', '</p\n>', '<li>', '</li>', '<pre>', '</pre>', '<h1>', '</h1>'],
      ['<table>', '</table>', '<tr>', '<td>', '<!--\n-->', '<i\ntitle="&lt;\n">', '\n\n  \n', '&nbsp;', '<hr>'],
      [`<i title="${'x'.repeat(300)}">`],
    ]
    const between = fc.oneof(...pieces.flat().map((piece) => fc.constant(piece)))
    fc.assert(
      fc.property(fc.array(fc.array(between, { maxLength: 4 }), { maxLength: 12 }), (parts) => {
        const source = parts.map((part, index) => `w${index}w${part.join('')}`).join('')
        const { text, anchors } = parseHtml(source)
        const lines = parts.map((_part, index) => lineAt({ text, anchors }, text.indexOf(`w${index}w`)))
        const expected = parts.map((_part, index) => source.slice(0, source.indexOf(`w${index}w`)).split('\n').length)
        expect(lines).toEqual(expected)
      }),
    )
  })

  it('keeps few anchors for a line of many entities', () => {
    expect(parseHtml('&amp;'.repeat(10_000)).anchors).toHaveLength((10_000 * 5) / 200)
  })

  it('takes linear time for hostile pages', () => {
    const parts = [
      '<div>',
      '</x>',
      '<ul><li>x',
      '<',
      '&',
      '<form>',
      '<nav>x',
      '<table><tr><td>x',
      '<h1>x ',
      '<!--',
      '<svg/>',
    ]
    for (const part of parts) expect(parseHtml(`<p>x${part.repeat(30_000)}`).text).toMatch(/^x/)
  })
})
