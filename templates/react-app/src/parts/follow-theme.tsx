import { useConfig } from '@authstack/react'
import { useEffect } from 'react'

/** Light or dark as the instance's settings say, for the whole page and not for the sign-in components alone. */
export function FollowTheme() {
  const darkMode = useConfig().data?.theme.darkMode
  useEffect(() => {
    if (darkMode) {
      document.documentElement.style.colorScheme = darkMode === 'system' ? 'light dark' : darkMode
    }
  }, [darkMode])
  return null
}
