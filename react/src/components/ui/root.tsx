import type { CSSProperties, ReactNode } from 'react'
import { useAuthStack } from '../../hooks/context.ts'
import { styleOf } from '../appearance.ts'

interface RootProps {
  as?: 'div' | 'section' | 'span'
  className?: string
  'aria-label'?: string
  'aria-busy'?: boolean
  'data-component': string
  children: ReactNode
}

/** The outermost element of every component: variables, language and direction begin here. */
export function Root({ as: Tag = 'div', className, children, ...rest }: RootProps) {
  const { appearance, locale } = useAuthStack()
  return (
    <Tag
      {...rest}
      className={['authstack', className].filter(Boolean).join(' ')}
      style={styleOf(appearance) as CSSProperties}
      data-theme={appearance.darkMode}
      lang={locale.tag}
      dir={locale.dir}
    >
      {children}
    </Tag>
  )
}
