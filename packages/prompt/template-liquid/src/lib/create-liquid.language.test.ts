import { describe, expect, it } from 'vitest'
import { createLiquid } from './create-liquid.ts'

const templates = {
  greeting: 'Hello {{ greeting }}{{ name }}!',
  item: '{{ item }}{{ forloop.index }},',
  'parts/card': '[{{ card }}]',
  leaks: '{% assign x = "inner" %}{{ x }}',
  breaks: 'a{% break %}b',
  includes: '{% include "greeting" %}',
  counts: '{% increment n %}',
  loops: '{{ forloop.index }}{{ outer }}',
}

const values = {
  name: 'Ada',
  user: { name: 'Ada', 'full name': 'Ada Lovelace', tags: ['x', 'y'], nested: { deep: [{ id: 7 }] } },
  list: [1, 2, 3],
  empty_list: [],
  words: ['one', 'two', 'three'],
  pairs: { a: 1, b: 2 },
  key: 'name',
  index: 1,
  n: 5,
  yes: true,
  no: false,
  nothing: null,
  blank_text: '  \n',
  empty_text: '',
  float: 1.5,
  emoji: '😀é',
  html: '<a href="x">&\'</a>',
}

const liquid = createLiquid({ templates, strictVariables: false })

/** The text, or the code of the error. */
function render(source: string): string {
  try {
    return liquid.compile(source).render(values)
  } catch (error) {
    return `! ${(error as { code: string }).code}`
  }
}

function cases(rows: readonly (readonly [source: string, text: string])[]): void {
  it.each(rows)('%j is %j', (source, text) => {
    expect(render(source)).toBe(text)
  })
}

const syntax = '! template_syntax'
const failed = '! template_render'

describe('values', () => {
  cases([
    ['{{ user.name }}{{ user["name"] }}{{ user[key] }}{{ user.tags[0] }}{{ user.tags[-1] }}', 'AdaAdaAdaxy'],
    ['{{ user["full name"] }}{{ ["name"] }}{{ [key] }}', 'Ada LovelaceAdaAda'],
    ['{{ user.nested.deep[0].id }}{{ user.nested["deep"].first.id }}{{ list[index] }}', '772'],
    ['{{ list.size }}{{ user.size }}{{ name.size }}{{ list.first }}{{ list.last }}', '34313'],
    ['{{ emoji.size }}{{ pairs.first }}', '2a1'],
    ['{{ list["size"] }}{{ list[9] }}{{ list[-9] }}{{ list[1.0] }}{{ list["0"] }}{{ name[0] }}', ''],
    ['{{ nothing.a.b }}{{ missing }}{{ nil }}{{ null }}{{ empty }}{{ blank }}', ''],
    ['{{ true }}{{ false }}{{ 1 }}{{ -2 }}{{ 1.5 }}{{ 2.0 }}{{ -0.50 }}', 'truefalse1-21.52.0-0.5'],
    ['{{ 123456789012345678901234567890 }}', '123456789012345678901234567890'],
    ['{{ "it\'s" }}{{ \'"\' }}{{ "a\\n" }}', 'it\'s"a\\n'],
    ['{{ "}}" }}{{ \'{{\' }}', '}}{{'],
    ['{{ (1..3) }}{{ (1..3).first }}', syntax],
    ['{{ (1..3) }}', '1..3'],
    ['{{ list }}{{ user.tags }}{{ pairs }}', '123xy{"a"=>1, "b"=>2}'],
    ['{{ user-name }}{{ 日本 }}{{}}{{ }}', ''],
    ['{{ 1.2.3 }}', syntax],
    ['{{ a b }}', syntax],
    ['{{ a | }}', syntax],
    ['{{ | upcase }}', syntax],
    ['{{ "a }}', syntax],
    ['{{ a[ }}', syntax],
    ['{{ a. }}', syntax],
    ['{{ a', syntax],
    ['{% if a', syntax],
    ['{{ a.b! }}', syntax],
    ['{{ name | upcase | downcase | append: "!" }}', 'ada!'],
    ['{{ name | append }}', syntax],
    ['{{ name | upcase: 1 }}', syntax],
    ['{{ name | slice: 1, 2, 3 }}', syntax],
    ['{{ name|upcase|slice:0,2 }}', 'AD'],
    ['{ { }} {a} %} }', '{ { }} {a} %} }'],
  ])
})

describe('conditions', () => {
  cases([
    ['{% if yes %}a{% elsif no %}b{% else %}c{% endif %}', 'a'],
    ['{% if no %}a{% elsif yes %}b{% else %}c{% endif %}', 'b'],
    ['{% if no %}a{% elsif nothing %}b{% else %}c{% endif %}', 'c'],
    ['{% if 0 %}0{% endif %}{% if "" %}e{% endif %}{% if empty_list %}l{% endif %}', '0el'],
    ['{% unless no %}a{% else %}b{% endunless %}{% unless yes %}a{% elsif yes %}b{% endunless %}', 'ab'],
    ['{% if yes or no and no %}a{% endif %}{% if no and no or yes %}b{% endif %}', 'a'],
    ['{% if no or yes and yes %}a{% endif %}', 'a'],
    ['{% if 1 == 1.0 and 1 != "1" and 1 <> 2 %}a{% endif %}', 'a'],
    ['{% if 1 < 2 and 2 <= 2 and 3 > 2 and 2 >= 2.0 %}a{% endif %}', 'a'],
    ['{% if "a" < "b" %}a{% endif %}{% if nothing < 1 %}b{% endif %}{% if yes > no %}c{% endif %}', 'a'],
    ['{% if 1 < "2" %}a{% endif %}', failed],
    ['{% if not nothing %}a{% endif %}{% if not yes or yes %}b{% endif %}{% if yes and not no %}c{% endif %}', 'abc'],
    ['{% if not name == "Ada" %}a{% else %}b{% endif %}{% unless not yes %}c{% endunless %}', 'bc'],
    [
      '{% if not %}a{% endif %}{% if not.x %}b{% endif %}{% if not == nil %}c{% endif %}{% if not or yes %}d{% endif %}',
      'cd',
    ],
    ['{% if not contains "x" %}a{% else %}b{% endif %}', 'b'],
    ['{% if name contains "da" %}a{% endif %}{% if list contains 2 %}b{% endif %}', 'ab'],
    ['{% if pairs contains "a" %}a{% endif %}{% if nothing contains "a" %}b{% endif %}', 'a'],
    ['{% if "a1" contains 1 %}a{% endif %}{% if list contains "2" %}b{% endif %}', 'a'],
    ['{% if empty_list == empty %}a{% endif %}{% if empty_text == empty %}b{% endif %}', 'ab'],
    ['{% if nothing == empty %}a{% endif %}{% if blank_text == empty %}b{% endif %}', ''],
    [
      '{% if nothing == blank %}a{% endif %}{% if blank_text == blank %}b{% endif %}{% if no == blank %}c{% endif %}',
      'abc',
    ],
    ['{% if empty != name %}a{% endif %}{% if empty == empty %}b{% endif %}', 'a'],
    ['{% if nothing == nil %}a{% endif %}{% if missing == nil %}b{% endif %}{% if no == nil %}c{% endif %}', 'ab'],
    [
      '{% if list == list %}a{% endif %}{% if user.tags == list %}b{% endif %}{% if (1..3) == (1..3) %}c{% endif %}',
      'ac',
    ],
    ['{% if %}a{% endif %}', syntax],
    ['{% if a = b %}a{% endif %}', syntax],
    ['{% if a & b %}a{% endif %}', syntax],
    ['{% if a b %}a{% endif %}', syntax],
    ['{% if a == %}a{% endif %}', syntax],
    ['{% if a and %}a{% endif %}', syntax],
    ['{% if yes %}a', syntax],
    ['{% endif %}', syntax],
    ['{% else %}', syntax],
    ['{% if yes %}a{% endunless %}', syntax],
    ['{% case n %}{% when 5 %}a{% when 6 %}b{% else %}c{% endcase %}', 'a'],
    ['{% case n %} text {% when 1, 5 %}a{% when 4 or 5 %}b{% else %}c{% endcase %}', 'ab'],
    ['{% case n %}{% when 1 %}a{% else %}c{% endcase %}{% case nothing %}{% when nil %}n{% endcase %}', 'cn'],
    ['{% case empty_text %}{% when empty %}e{% endcase %}{% case n %}{% when 5, 5 %}x{% endcase %}', 'exx'],
    ['{% case n %}{% endcase %}', ''],
    ['{% case %}{% endcase %}', syntax],
    ['{% case n %}{% when %}{% endcase %}', syntax],
    ['{% if yes %}  {% endif %}|{% if yes %} {% assign z = 1 %} {% endif %}|', '||'],
    ['{% for i in list %} {% if no %} {% endif %} {% endfor %}|', '|'],
    ['{% if yes %} {{ nothing }} {% endif %}', '  '],
  ])
})

describe('loops', () => {
  cases([
    ['{% for i in list %}{{ i }},{% endfor %}', '1,2,3,'],
    ['{% for i in (1..3) %}{{ i }}{% endfor %}{% for i in (n..7) %}{{ i }}{% endfor %}', '123567'],
    ['{% for i in (3..1) %}{{ i }}{% else %}none{% endfor %}', 'none'],
    ['{% for i in ("2".."3") %}{{ i }}{% endfor %}', '23'],
    ['{% for i in empty_list %}x{% else %}none{% endfor %}{% for i in nothing %}x{% else %}nil{% endfor %}', 'nonenil'],
    ['{% for i in name %}{{ i }}{% endfor %}{% for i in n %}x{% endfor %}', 'Ada'],
    ['{% for p in pairs %}{{ p[0] }}={{ p[1] }};{% endfor %}', 'a=1;b=2;'],
    ['{% for i in list reversed %}{{ i }}{% endfor %}', '321'],
    ['{% for i in list limit: 2 %}{{ i }}{% endfor %}|{% for i in list offset: 1 %}{{ i }}{% endfor %}', '12|23'],
    [
      '{% for i in list limit:2 offset:1 %}{{ i }}{% endfor %}|{% for i in list reversed limit: 2 %}{{ i }}{% endfor %}',
      '23|21',
    ],
    ['{% for i in list limit: 1 %}{{ i }}{% endfor %}{% for i in list offset: continue %}{{ i }}{% endfor %}', '123'],
    [
      '{% for i in list limit: 1 %}{{ i }}{% endfor %}{% for i in list limit: 1 offset:continue %}{{ i }}{% endfor %}',
      '12',
    ],
    ['{% for i in list limit: nothing offset: nothing %}{{ i }}{% endfor %}', '123'],
    ['{% for i in list limit: -1 %}{{ i }}{% endfor %}|{% for i in list offset: 9 %}{{ i }}{% endfor %}', '|'],
    ['{% for i in list limit: "x" %}{{ i }}{% endfor %}', failed],
    ['{% for i in list, limit: 1 %}{{ i }}{% endfor %}', '1'],
    [
      '{% for i in list %}{{ forloop.index }}{{ forloop.index0 }}{{ forloop.rindex }}{{ forloop.rindex0 }}{{ forloop.first }}{{ forloop.last }}{{ forloop.length }} {% endfor %}',
      '1032truefalse3 2121falsefalse3 3210falsetrue3 ',
    ],
    ['{% for i in list %}{{ forloop.name }}{% break %}{% endfor %}', 'i-list'],
    ['{% for i in list %}{% for j in list %}{{ forloop.parentloop.index }}{% break %}{% endfor %}{% endfor %}', '123'],
    ['{% for i in list %}{% if i == 2 %}{% continue %}{% endif %}{{ i }}{% endfor %}', '13'],
    ['{% for i in list %}{% if i == 2 %}{% break %}{% endif %}{{ i }}{% endfor %}', '1'],
    ['{% for i in list %}{% for j in list %}{% break %}{% endfor %}{{ i }}{% endfor %}', '123'],
    ['a{% break %}b', 'a'],
    ['a{% continue %}b', 'a'],
    ['{% for i in list %}{% assign last = i %}{% endfor %}{{ last }}{{ i }}', '3'],
    ['{% for i %}{% endfor %}', syntax],
    ['{% for i in %}{% endfor %}', syntax],
    ['{% for i in list foo: 1 %}{% endfor %}', syntax],
    ['{% for i in list %}', syntax],
    ['{% cycle "a", "b" %}{% cycle "a", "b" %}{% cycle "a", "b" %}', 'aba'],
    ['{% cycle 1: "a", "b" %}{% cycle 2: "a", "b" %}{% cycle 1: "a", "b" %}', 'aab'],
    ['{% cycle name: "a", "b" %}{% cycle "Ada": "a", "b" %}', 'ab'],
    ['{% for i in list %}{% cycle name, n %}{% endfor %}', 'Ada5Ada'],
    ['{% cycle %}', syntax],
    ['{% increment a %}{% increment a %}{% decrement b %}{% decrement b %}{{ a }}{{ b }}', '01-1-22-2'],
    ['{% assign c = 9 %}{% increment c %}{{ c }}', '09'],
    ['{% increment n %}{% increment n %}{{ n }}', '567'],
    ['{% ifchanged %}a{% endifchanged %}{% ifchanged %}a{% endifchanged %}{% ifchanged %}b{% endifchanged %}', 'ab'],
    [
      '{% tablerow i in list cols: 2 %}{{ i }}{% endtablerow %}',
      '<tr class="row1">\n<td class="col1">1</td><td class="col2">2</td></tr>\n<tr class="row2"><td class="col1">3</td></tr>\n',
    ],
    [
      '{% tablerow i in list limit: 1 offset: 1 %}{{ i }}{{ tablerowloop.col_first }}{{ tablerowloop.col_last }}{{ tablerowloop.row }}{% endtablerow %}',
      '<tr class="row1">\n<td class="col1">2truetrue1</td></tr>\n',
    ],
    ['{% tablerow i in empty_list %}{{ i }}{% endtablerow %}', '<tr class="row1">\n</tr>\n'],
    ['{% tablerow i in nothing %}{{ i }}{% endtablerow %}', ''],
  ])
})

describe('variables, text and comments', () => {
  cases([
    ['{% assign a = "x" | upcase %}{{ a }}{% assign a = nil %}[{{ a }}]', 'X[]'],
    ['{% assign name = nil %}[{{ name }}]', '[]'],
    ['{% assign a = list %}{{ a[1] }}{% assign b = (1..3) %}{{ b | join: "-" }}', '21-2-3'],
    ['{% assign = 1 %}', syntax],
    ['{% assign a %}', syntax],
    ['{% assign a = %}', syntax],
    ['{% capture a %}x{{ n }}{% endcapture %}{{ a }}{% capture "b" %}y{% endcapture %}{{ b }}', 'x5y'],
    ['{% capture %}{% endcapture %}', syntax],
    ['{% raw %}{{ a }}{% if %}{% endraw %}', '{{ a }}{% if %}'],
    ['a {%- raw -%} b {%- endraw -%} c', 'a b c'],
    ['{% raw %}a', syntax],
    ['{% raw %}{% endrawx %}{%endraw%}', '{% endrawx %}'],
    ['a{% comment %}{{ {% if %} b{% endcomment %}c', 'ac'],
    ['a{% comment %}{% comment %}b{% endcomment %}c{% endcomment %}d', 'ad'],
    ['a{% comment %}{% raw %}{% endcomment %}{% endraw %}b{% endcomment %}c', 'ac'],
    ['{% comment %}a', syntax],
    ["a{% # it's a comment %}b{%- # x -%} c", 'abc'],
    ['{% # one\n  # two\n %}a', 'a'],
    ['{% # one\n  two %}', syntax],
    ['a{% doc %}{% if %}{{ x {% enddoc %}b', 'ab'],
    ['{% doc %}{% doc %}{% enddoc %}', syntax],
    ['{% doc %}a', syntax],
    ['{% echo name | upcase %}', 'ADA'],
    [
      '{% liquid\n  assign a = 1\n\n  if a == 1\n    echo "one"\n  else\n    echo "other"\n  endif\n  # done\n%}',
      'one',
    ],
    ['{% liquid\n for i in list\n  echo i\n endfor\n comment\n "anything"\n endcomment %}', '123'],
    ['{% liquid\n if yes %}', syntax],
    ['{% liquid\n else %}', syntax],
    ['{% liquid %}a', 'a'],
    ['  {{- name -}}  {%- if yes -%}  b  {%- endif -%}  c', 'Adabc'],
    ['a\n{%- assign x = 1 %}\nb', 'a\nb'],
    ['{{-name-}}{{ -1 }}{{--1-}}', 'Ada-1-1'],
    ['{% unknown %}', syntax],
    ['{%%}', syntax],
    ['{% %}', syntax],
  ])
})

describe('included templates', () => {
  cases([
    ['{% include "greeting" %}', 'Hello Ada!'],
    ['{% include "greeting", greeting: "dear " %}{{ greeting }}', 'Hello dear Ada!'],
    ['{% include "greeting" with "X " %}{% include "greeting" for user.tags %}', 'Hello X Ada!Hello xAda!Hello yAda!'],
    ['{% include "parts/card" with name %}{% include "parts/card" with n as card %}', '[Ada][5]'],
    ['{% include "leaks" %}{{ x }}', 'innerinner'],
    ['{% for i in list %}{% include "breaks" %}{% endfor %}', 'a'],
    ['{% include n %}', failed],
    ['{% include nothing %}', failed],
    ['{% render "greeting" %}', 'Hello !'],
    ['{% render "greeting", name: name, greeting: n %}', 'Hello 5Ada!'],
    [
      '{% render "item" with n %}{% render "item" for list %}{% render "item" for list as item %}',
      '5,11,22,33,11,22,33,',
    ],
    ['{% render "item" for (1..2) as item, x: 1 %}', '11,22,'],
    ['{% render "item" for pairs as item %}{% render "item" for name as item %}', 'a11,b22,Ada,'],
    ['{% render "leaks" %}{{ x }}', 'inner'],
    ['{% for i in list %}{% render "breaks" %}{{ i }}{% endfor %}', 'a1a2a3'],
    ['{% render "includes" %}', failed],
    ['{% increment n %}{% render "counts" %}{% increment n %}', '506'],
    ['{% for i in list %}{% render "loops", outer: i %}{% endfor %}', '123'],
    ['{% render name %}', syntax],
    ['{% render %}', syntax],
    ['{% include "none" %}', '! template_not_found'],
  ])
})

describe('values and filters that are not there, where neither is strict', () => {
  const lax = createLiquid({ strictVariables: false, strictFilters: false })

  it.each([
    ['[{{ missing }}{{ missing.a[0].b }}{{ missing[missing] }}]', '[]'],
    ['{{ name | missing }}{{ name | missing: 1, a: missing | upcase }}', 'AdaADA'],
    ['{{ missing | upcase }}{{ missing | append: "a" }}{{ missing | plus: 1 }}{{ missing | size }}', 'a10'],
    ['{{ missing | join: "-" }}{{ missing | sort | first }}{{ missing | split: "," | size }}', '0'],
    ['{{ name | append: missing }}{{ 3 | plus: missing }}', 'Ada3'],
    ['{% for i in missing %}{{ i }}{% else %}none{% endfor %}{% for i in (1..missing) %}{{ i }}{% endfor %}', 'none'],
    ['{% for i in list limit: missing offset: missing %}{{ i }}{% endfor %}', '123'],
    ['{% if missing %}a{% elsif missing == nil %}b{% endif %}{% if missing > 1 %}c{% endif %}', 'b'],
    [
      '{% if missing == blank %}a{% endif %}{% if missing == empty %}b{% endif %}{% if missing contains 1 %}c{% endif %}',
      'a',
    ],
    ['{% case missing %}{% when nil %}nil{% endcase %}{% assign x = missing %}[{{ x }}]', 'nil[]'],
    ['{% cycle missing, 1 %}{% cycle missing, 1 %}{% capture x %}{{ missing }}{% endcapture %}[{{ x }}]', '[]'],
  ])('%s is %j', (source, text) => {
    expect(lax.compile(source).render(values)).toBe(text)
  })
})
