import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { renderApp } from '../../test/render.tsx'
import { grace } from '../../test/stand-in/data.ts'
import { createStandIn } from '../../test/stand-in/stand-in.ts'
import { AcceptInvitation } from './accept-invitation.tsx'
import { PasswordResetForm } from './password-reset-form.tsx'
import { PasswordResetRequest } from './password-reset-request.tsx'
import { VerifyEmail } from './verify-email.tsx'

describe('a mailed link', () => {
  it('is spent by a click, not by opening it', async () => {
    window.location.hash = '#token=good-token'
    const onSuccess = vi.fn()
    const { user, standIn } = renderApp(<VerifyEmail onSuccess={onSuccess} />)
    const button = await screen.findByRole('button', { name: 'Verify and continue' })
    expect(standIn.count('POST auth/verify-email')).toBe(0)
    await user.click(button)
    expect(await screen.findByText('You are signed in as ada@example.com.')).toBeTruthy()
    expect(onSuccess).toHaveBeenCalledOnce()
  })

  it('that was used or is cut off says so and what to do', async () => {
    const { user } = renderApp(<VerifyEmail token="spent" requestUrl="/again" />)
    await user.click(await screen.findByRole('button', { name: 'Verify and continue' }))
    expect(await screen.findByText('This link no longer works')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Ask for a new link' })).toBeTruthy()
    renderApp(<PasswordResetForm />)
    expect(await screen.findByText('This link is incomplete')).toBeTruthy()
  })

  it('sets a new password', async () => {
    const { user } = renderApp(<PasswordResetForm token="good-token" />)
    await user.type(await screen.findByLabelText('New password'), 'correct horse battery')
    await user.click(screen.getByRole('button', { name: 'Save password' }))
    expect(await screen.findByText('Password changed')).toBeTruthy()
  })

  it('is asked for without telling whether the address has an account', async () => {
    const { user } = renderApp(<PasswordResetRequest />)
    await user.type(await screen.findByLabelText('Email'), 'who@example.com')
    await user.click(screen.getByRole('button', { name: 'Send link' }))
    expect(await screen.findByText(/If who@example.com has an account/)).toBeTruthy()
  })
})

describe('AcceptInvitation', () => {
  it('lets a new person sign up and join in one step', async () => {
    const onAccepted = vi.fn()
    const { user } = renderApp(<AcceptInvitation token="good-token" onAccepted={onAccepted} />)
    expect(await screen.findByText('Ada Lovelace invited you as Member.')).toBeTruthy()
    expect(screen.getByLabelText<HTMLInputElement>('Email').readOnly).toBe(true)
    await user.type(screen.getByLabelText('Password'), 'correct horse battery')
    await user.click(screen.getByRole('button', { name: 'Create account' }))
    expect(await screen.findByText('You joined Initech')).toBeTruthy()
    expect(onAccepted).toHaveBeenCalledWith(null)
  })

  it('signs an existing person in, joins, and makes it this tab’s organization', async () => {
    const standIn = createStandIn()
    standIn.world.users.push({ user: { ...grace }, password: 'hoppers password' })
    const onAccepted = vi.fn()
    const { user } = renderApp(<AcceptInvitation token="good-token" onAccepted={onAccepted} />, {
      standIn,
    })
    await user.type(await screen.findByLabelText('Password'), 'hoppers password')
    await user.click(screen.getByRole('button', { name: 'Sign in' }))
    await user.click(await screen.findByRole('button', { name: 'Join Initech' }))
    await waitFor(() =>
      expect(onAccepted).toHaveBeenCalledWith(expect.objectContaining({ name: 'Initech' })),
    )
  })

  it('offers to change the account when the invitation is for another address', async () => {
    const { user, standIn } = renderApp(<AcceptInvitation token="good-token" />, { signedIn: true })
    await user.click(await screen.findByRole('button', { name: /Sign out and use grace/ }))
    await screen.findByRole('button', { name: 'Create account' })
    expect(standIn.count('POST auth/logout')).toBe(1)
    expect(standIn.count('POST invitations/accept')).toBe(0)
  })
})
