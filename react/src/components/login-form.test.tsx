import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { renderApp } from '../../test/render.tsx'
import { Refusal } from '../../test/stand-in/refusal.ts'
import { createStandIn } from '../../test/stand-in/stand-in.ts'
import { LoginForm } from './login-form.tsx'

const fill = async (user: ReturnType<typeof renderApp>['user'], password: string) => {
  await user.type(await screen.findByLabelText('Email'), 'ada@example.com')
  await user.type(screen.getByLabelText('Password'), password)
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
}

describe('LoginForm', () => {
  it('signs in and says so', async () => {
    const onSuccess = vi.fn()
    const { user, standIn } = renderApp(<LoginForm onSuccess={onSuccess} />)
    await fill(user, 'correct horse battery')
    await waitFor(() => expect(onSuccess).toHaveBeenCalledOnce())
    expect(standIn.count('POST auth/login')).toBe(1)
  })

  it('puts words beside each field it can refuse itself, and the focus into the first', async () => {
    const { user, standIn } = renderApp(<LoginForm />)
    await user.click(await screen.findByRole('button', { name: 'Sign in' }))
    const email = screen.getByLabelText('Email')
    expect(email).toBe(document.activeElement)
    expect(email.getAttribute('aria-invalid')).toBe('true')
    const note = document.getElementById(email.getAttribute('aria-describedby') ?? '')
    expect(note?.textContent).toContain('Enter an email address')
    expect(standIn.count('POST auth/login')).toBe(0)
  })

  it('says that email or password is wrong, and keeps both', async () => {
    const { user } = renderApp(<LoginForm />)
    await fill(user, 'wrong')
    expect((await screen.findByRole('alert')).textContent).toBe('Email or password is wrong.')
    expect(screen.getByLabelText<HTMLInputElement>('Password').value).toBe('wrong')
  })

  it('offers a new mail when the address is not verified', async () => {
    const standIn = createStandIn()
    const [ada] = standIn.world.users
    if (ada) ada.user.emailVerified = false
    const { user } = renderApp(<LoginForm />, { standIn })
    await fill(user, 'correct horse battery')
    await user.click(await screen.findByRole('button', { name: 'Send again' }))
    expect(await screen.findByText(/Sent. It can take/)).toBeTruthy()
    expect(standIn.count('POST auth/verify-email/resend')).toBe(1)
  })

  it('tells the app of every failure', async () => {
    const onError = vi.fn()
    const standIn = createStandIn()
    standIn.failNext(/login/, new Refusal(503, 'unavailable'))
    const { user } = renderApp(<LoginForm />, { standIn, onError })
    await fill(user, 'x')
    await screen.findByText(/not available right now/)
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: 'unavailable' }))
  })

  it('hides the sign-up link when the instance takes no sign-ups', async () => {
    const standIn = createStandIn()
    standIn.world.config.signup.enabled = false
    renderApp(<LoginForm signUpUrl="/signup" />, { standIn })
    await screen.findByLabelText('Email')
    expect(screen.queryByText('Create an account')).toBeNull()
  })
})
