import { expect, it, describe } from 'vitest'
import { createAggregator } from './create-aggregator.ts'
import { defineEvents } from './define-events.ts'
import { formatPrometheus } from './format-prometheus.ts'

const events = defineEvents('test', {
  'value-read': {
    description: 'A value was read.',
    fields: { cacheTier: 'label', readBytes: 'sum', duration: 'duration' },
  },
  tick: { description: 'Time went on.' },
})

function linesOf(publish: () => void, maxSeries = 10): string[] {
  const aggregator = createAggregator({ maxSeries })
  publish()
  aggregator.close()
  return formatPrometheus(aggregator.snapshot()).split('\n')
}

describe('formatPrometheus', () => {
  it('is empty before anything has happened', () => {
    expect(linesOf(() => undefined)).toEqual([''])
  })

  it('has a counter for each event and sum, and what was dropped', () => {
    const lines = linesOf(() => {
      events.tick.publish()
      events['value-read'].publish({ cacheTier: 'memory', readBytes: 10, duration: Number.NaN })
    })
    expect(lines).toEqual([
      '# TYPE empire_test_tick_total counter',
      'empire_test_tick_total 1',
      '# TYPE empire_test_value_read_total counter',
      'empire_test_value_read_total{cache_tier="memory"} 1',
      '# TYPE empire_test_value_read_read_bytes_sum_total counter',
      'empire_test_value_read_read_bytes_sum_total{cache_tier="memory"} 10',
      '# TYPE empire_telemetry_dropped_total counter',
      'empire_telemetry_dropped_total{event="empire:test:tick",reason="labels"} 0',
      'empire_telemetry_dropped_total{event="empire:test:tick",reason="values"} 0',
      'empire_telemetry_dropped_total{event="empire:test:value-read",reason="labels"} 0',
      'empire_telemetry_dropped_total{event="empire:test:value-read",reason="values"} 1',
      '',
    ])
  })

  it('has a histogram for each duration, with the same bounds whatever has happened', () => {
    const lines = linesOf(() => {
      for (const duration of [0, 1, 1.5, 2, 300, 1e12]) {
        events['value-read'].publish({ cacheTier: 'memory', readBytes: 0, duration })
      }
    })
    const name = 'empire_test_value_read_duration_milliseconds'
    const ofHistogram = lines.filter((line) => line.startsWith(name))
    const below = (bound: string): string | undefined =>
      ofHistogram.find((line) => line.includes(`le="${bound}"`))?.split(' ')[1]
    expect(lines).toContain(`# TYPE ${name} histogram`)
    expect(ofHistogram).toHaveLength(37 + 3)
    expect(['0.0009765625', '1', '2', '256', '512', '67108864', '+Inf'].map(below)).toEqual([
      '1',
      '2',
      '4',
      '4',
      '5',
      '5',
      '6',
    ])
    expect(ofHistogram.slice(-2)).toEqual([
      `${name}_sum{cache_tier="memory"} 1000000000304.5`,
      `${name}_count{cache_tier="memory"} 6`,
    ])
  })

  it('escapes labels, and marks the overflow', () => {
    const lines = linesOf(() => {
      for (const cacheTier of ['a "b"\\\n\u{d800}', 'second']) {
        events['value-read'].publish({ cacheTier, readBytes: 0, duration: 0 })
      }
    }, 1)
    expect(lines).toContain(String.raw`empire_test_value_read_total{cache_tier="a \"b\"\\\n${'\u{fffd}'}"} 1`)
    expect(lines).toContain('empire_test_value_read_total{overflow="true"} 1')
  })

  it('tells events apart whose names come to the same metric, and names a metric once', () => {
    const one = defineEvents('p', {
      'b-c': { description: 'One.', fields: { ms: 'duration' } },
      x: { description: 'X.', fields: { y: 'sum' } },
      'x-y-sum': { description: 'Sum.' },
    })
    const other = defineEvents('p-b', { c: { description: 'Other.', fields: { ms: 'duration' } } })
    const own = defineEvents('telemetry', { dropped: { description: 'Not ours.' } })
    const lines = linesOf(() => {
      one['b-c'].publish({ ms: 1 })
      other.c.publish({ ms: 2 })
      one.x.publish({ y: 3 })
      one['x-y-sum'].publish()
      own.dropped.publish()
    })
    expect(lines).toEqual([...new Set(lines)])
    expect(lines).toEqual(
      expect.arrayContaining([
        'empire_p_b_c_total{event="empire:p-b:c"} 1',
        'empire_p_b_c_total{event="empire:p:b-c"} 1',
        'empire_p_b_c_ms_milliseconds_sum{event="empire:p-b:c"} 2',
        'empire_p_b_c_ms_milliseconds_sum{event="empire:p:b-c"} 1',
        'empire_p_x_y_sum_total{event="empire:p:x"} 3',
        'empire_p_x_y_sum_total{event="empire:p:x-y-sum"} 1',
        'empire_telemetry_dropped_total{event="empire:telemetry:dropped"} 1',
      ]),
    )
  })

  it('keeps its own labels apart from fields of the same name', () => {
    const { named } = defineEvents('own-labels', {
      named: { description: 'Named.', fields: { le: 'label', overflow: 'label', event: 'label', ms: 'duration' } },
    })
    const lines = linesOf(() => named.publish({ le: '1', overflow: 'no', event: 'a', ms: 2 }))
    expect(lines).toContain('empire_own_labels_named_total{le_="1",overflow_="no",event_="a"} 1')
    expect(lines).toContain(
      'empire_own_labels_named_ms_milliseconds_bucket{le_="1",overflow_="no",event_="a",le="+Inf"} 1',
    )
  })
})
