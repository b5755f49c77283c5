import type { MetricObjectWithValues, MetricValueWithName } from 'prom-client'

const NAME = 'authstack_http_request_duration_seconds'
const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

interface Series {
  method: string
  route: string
  status: number
  /** Not cumulative; the last one is for what is slower than every bucket. */
  counts: number[]
  sumSeconds: number
}

/**
 * How long requests took, as a histogram of Prometheus. Counted here, since every request is: the
 * library sorts and joins the labels anew each time, which costs as much as checking a token. It
 * still writes the page.
 */
export class RequestFigures {
  readonly name = NAME
  readonly #routes = new Map<string, Map<number, Map<string, Series>>>()

  add(method: string, route: string, status: number, seconds: number): void {
    const series = this.#series(method, route, status)
    let at = 0
    while (at < BUCKETS_SECONDS.length && seconds > (BUCKETS_SECONDS[at] as number)) at++
    series.counts[at] = (series.counts[at] as number) + 1
    series.sumSeconds += seconds
  }

  /** What prom-client asks of every metric in a registry. */
  async get(): Promise<Omit<MetricObjectWithValues<MetricValueWithName<string>>, 'collect'>> {
    return {
      name: NAME,
      help: 'Requests by method, route template and status',
      type: 'histogram' as never,
      aggregator: 'sum',
      values: [...this.#routes.values()].flatMap((byStatus) => {
        return [...byStatus.values()].flatMap((ofStatus) =>
          [...ofStatus.values()].flatMap(toValues),
        )
      }),
    }
  }

  #series(method: string, route: string, status: number): Series {
    let ofRoute = this.#routes.get(route)
    if (!ofRoute) {
      ofRoute = new Map()
      this.#routes.set(route, ofRoute)
    }
    let ofStatus = ofRoute.get(status)
    if (!ofStatus) {
      ofStatus = new Map()
      ofRoute.set(status, ofStatus)
    }
    let series = ofStatus.get(method)
    if (!series) {
      const counts = Array<number>(BUCKETS_SECONDS.length + 1).fill(0)
      series = { method, route, status, counts, sumSeconds: 0 }
      ofStatus.set(method, series)
    }
    return series
  }
}

function toValues(series: Series): MetricValueWithName<string>[] {
  const { method, route, status, counts, sumSeconds } = series
  const labels = { method, route, status }
  let total = 0
  const buckets = counts.map((count, at) => {
    total += count
    const le = BUCKETS_SECONDS[at] ?? '+Inf'
    return { metricName: `${NAME}_bucket`, labels: { ...labels, le }, value: total }
  })
  return [
    ...buckets,
    { metricName: `${NAME}_sum`, labels, value: sumSeconds },
    { metricName: `${NAME}_count`, labels, value: total },
  ]
}
