import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { renderApp } from '../../test/render.tsx'
import { Refusal } from '../../test/stand-in/refusal.ts'
import { createStandIn } from '../../test/stand-in/stand-in.ts'
import { SignupForm } from './signup-form.tsx'

const fill = async (user: ReturnType<typeof renderApp>['user'], password: string) => {
  await user.type(await screen.findByLabelText('Email'), 'new@example.com')
  await user.type(screen.getByLabelText('Password'), password)
  await user.click(screen.getByRole('button', { name: 'Create account' }))
}

describe('SignupForm', () => {
  it('ends in the same "check your email" for a new and a known address', async () => {
    const { user } = renderApp(<SignupForm />)
    await fill(user, 'correct horse battery')
    expect(await screen.findByText('Check your email')).toBeTruthy()
    expect(screen.getByText(/If new@example.com can be registered/)).toBeTruthy()
  })

  it('refuses a short password and one that bcrypt would cut, before sending it', async () => {
    const { user, standIn } = renderApp(<SignupForm />)
    await fill(user, 'short')
    expect(await screen.findByText('Use at least 12 characters.')).toBeTruthy()
    await user.clear(screen.getByLabelText('Password'))
    await user.type(screen.getByLabelText('Password'), 'é'.repeat(37))
    await user.click(screen.getByRole('button', { name: 'Create account' }))
    expect(await screen.findByText(/at most 72 bytes/)).toBeTruthy()
    expect(standIn.count('POST auth/signup')).toBe(0)
  })

  it('puts what the instance refuses beside its field', async () => {
    const standIn = createStandIn()
    const message = 'This password is in a list of known ones.'
    const refusal = new Refusal(422, 'invalid_password', [
      { pointer: '/password', message, code: 'pwned' },
    ])
    standIn.failNext(/signup/, refusal)
    const { user } = renderApp(<SignupForm />, { standIn })
    await fill(user, 'correct horse battery')
    await screen.findByText(message)
    expect(screen.getByLabelText('Password')).toBe(document.activeElement)
  })

  it('asks for the project’s own fields and sends them', async () => {
    const standIn = createStandIn()
    standIn.world.config.signup.fields = [
      { name: 'company', type: 'text', label: 'Company', required: true },
    ]
    const { user } = renderApp(<SignupForm />, { standIn })
    await fill(user, 'correct horse battery')
    expect(await screen.findByText('Fill in this field.')).toBeTruthy()
    await user.type(screen.getByLabelText('Company'), 'Initech')
    await user.click(screen.getByRole('button', { name: 'Create account' }))
    expect(await screen.findByText('Check your email')).toBeTruthy()
  })
})
