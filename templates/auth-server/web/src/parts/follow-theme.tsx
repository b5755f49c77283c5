import { useConfig } from '@authstack/react'
import { useEffect } from 'react'
import { applyTheme } from '../core/apply-theme.ts'
import { usePage } from '../core/page-context.tsx'

/** The theme by GET /config, for a server whose page block does not hold it. */
export function FollowTheme() {
  const { config } = usePage()
  const { data } = useConfig()
  useEffect(() => {
    if (!config.theme && data) applyTheme(data.theme)
  }, [config.theme, data])
  return null
}
