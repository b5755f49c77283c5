import type { ReactNode } from 'react'
import { useConfig } from '../../hooks/use-config.ts'
import { Icon, type IconName } from './icon.tsx'
import { Root } from './root.tsx'
import { useSlot } from './use-slot.ts'

interface CardProps {
  name: string
  className?: string
  title: ReactNode
  body?: ReactNode
  icon?: IconName
  tone?: 'success' | 'danger'
  isBusy?: boolean
  children?: ReactNode
  footer?: ReactNode
}

/** The 400 px card of every sign-in screen: logo, one title, what to do, one way on. */
export function Card(props: CardProps) {
  const { name, className, title, body, icon, tone, isBusy, children, footer } = props
  const slot = useSlot()
  return (
    <Root className={className} data-component={name} aria-busy={isBusy || undefined}>
      <div className={slot('card')}>
        <header className="as-card-head">
          {icon ? (
            <span className="as-card-icon" data-tone={tone}>
              <Icon name={icon} />
            </span>
          ) : (
            <Logo />
          )}
          <h1 className={slot('title')}>{title}</h1>
          {body && <p className="as-muted as-balance">{body}</p>}
        </header>
        {children}
        {footer && <footer className="as-card-foot">{footer}</footer>}
      </div>
    </Root>
  )
}

function Logo() {
  const { data } = useConfig()
  if (!data?.logo) return null
  return <img className="as-logo" src={data.logo.src} alt={data.logo.alt} />
}
