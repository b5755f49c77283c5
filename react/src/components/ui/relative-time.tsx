import { useText } from '../../hooks/use-text.ts'

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** "3 days ago", with the full date in the title. `value` is ISO 8601. */
export function RelativeTime({ value }: { value: string }) {
  const { locale } = useText()
  const date = new Date(value)
  const absolute = new Intl.DateTimeFormat(locale.tag, { dateStyle: 'long', timeStyle: 'short' })
  return (
    // The server's clock and zone differ from the browser's: the text may change at hydration.
    <time dateTime={value} title={absolute.format(date)} suppressHydrationWarning>
      {relative(date.getTime() - Date.now(), locale.tag)}
    </time>
  )
}

/** `differenceMs` is negative in the past. */
export function relative(differenceMs: number, tag: string): string {
  const seconds = Math.round(differenceMs / 1000)
  const format = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
  return unit === 'second'
    ? format.format(0, 'second')
    : format.format(Math.trunc(seconds / size), unit)
}
