const paths = {
  alert:
    'M10 6.5v4m0 3v.01M3.6 16.5h12.8a1 1 0 0 0 .87-1.5L10.87 4a1 1 0 0 0-1.74 0L2.73 15a1 1 0 0 0 .87 1.5Z',
  check: 'm4.5 10.5 3.5 3.5 7.5-8',
  chevrons: 'm6.5 8 3.5-3.5L13.5 8m-7 4 3.5 3.5 3.5-3.5',
  close: 'm5.5 5.5 9 9m0-9-9 9',
  dots: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  eye: 'M2 10s2.8-5.5 8-5.5 8 5.5 8 5.5-2.8 5.5-8 5.5S2 10 2 10Zm8 2.4a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8Z',
  eyeOff:
    'm3.5 3.5 13 13M8.3 4.7c.5-.1 1.1-.2 1.7-.2 5.2 0 8 5.5 8 5.5s-.7 1.4-2.1 2.8M5.6 5.7C3.2 7.3 2 10 2 10s2.8 5.5 8 5.5c1.5 0 2.8-.5 3.9-1.1M8.4 8.3a2.4 2.4 0 0 0 3.3 3.4',
  mail: 'M3 5.5h14v9.5H3zm0 .5 7 5 7-5',
  plus: 'M10 4.5v11M4.5 10h11',
  search: 'm13 13 4 4M8.5 14a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11Z',
  signOut:
    'M12.5 6V4a1 1 0 0 0-1-1h-7a1 1 0 0 0-1 1v12a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1v-2M8 10h9m-2.5-2.5L17 10l-2.5 2.5',
  user: 'M10 10a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6.5 7c.7-3 3.2-4.5 6.5-4.5s5.8 1.5 6.5 4.5',
  users:
    'M7.5 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2 16.5c.5-2.7 2.7-4 5.5-4s5 1.3 5.5 4M13 3.8a3 3 0 0 1 0 5.5m1.5 3.4c2 .5 3.2 1.7 3.5 3.8',
} as const

export type IconName = keyof typeof paths

/** Decoration only: the words beside it carry the meaning. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="as-icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
