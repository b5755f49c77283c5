import { render, screen, waitFor } from '@testing-library/react'
import { renderToString } from 'react-dom/server'
import { MemoryRouter, Route, Routes } from 'react-router'
import { describe, expect, it } from 'vitest'
import { renderApp } from '../../test/render.tsx'
import { API_KEY, ENDPOINT } from '../../test/stand-in/data.ts'
import { createStandIn } from '../../test/stand-in/stand-in.ts'
import { ProtectedRoute as RouterProtectedRoute } from '../react-router.tsx'
import { AuthStackProvider } from './authstack-provider.tsx'
import { LoginForm } from './login-form.tsx'
import { ProtectedRoute } from './protected-route.tsx'
import { UserMenu } from './user-menu.tsx'

describe('ProtectedRoute', () => {
  it('shows its content to signed-in people only, and the sign-in form to others', async () => {
    const { unmount } = renderApp(<ProtectedRoute>Secret</ProtectedRoute>)
    await screen.findByLabelText('Email')
    expect(screen.queryByText('Secret')).toBeNull()
    unmount()
    renderApp(<ProtectedRoute>Secret</ProtectedRoute>, { signedIn: true })
    expect(await screen.findByText('Secret')).toBeTruthy()
  })

  it('is no sign-out while the instance is away', async () => {
    const standIn = createStandIn()
    standIn.failNext(/refresh/, 'network', 1)
    renderApp(<ProtectedRoute fallback="signed out">Secret</ProtectedRoute>, {
      standIn,
      signedIn: true,
    })
    await screen.findByText(/cannot be reached/)
    expect(screen.queryByText('signed out')).toBeNull()
  })

  it('closes at sign-out', async () => {
    const { user } = renderApp(
      <ProtectedRoute fallback="signed out">
        <UserMenu />
      </ProtectedRoute>,
      { signedIn: true },
    )
    await user.click(await screen.findByRole('button', { name: 'Account menu of Ada Lovelace' }))
    await user.click(screen.getByRole('menuitem', { name: 'Sign out' }))
    expect(await screen.findByText('signed out')).toBeTruthy()
  })
})

describe('ProtectedRoute of @authstack/react/react-router', () => {
  const app = (
    <MemoryRouter initialEntries={['/dashboard']}>
      <Routes>
        <Route path="/login" element="Login page" />
        <Route element={<RouterProtectedRoute />}>
          <Route path="/dashboard" element="Dashboard" />
        </Route>
      </Routes>
    </MemoryRouter>
  )

  it('is a layout element: the matched child for signed-in people, /login for others', async () => {
    const { unmount } = renderApp(app)
    expect(await screen.findByText('Login page')).toBeTruthy()
    unmount()
    renderApp(app, { signedIn: true })
    expect(await screen.findByText('Dashboard')).toBeTruthy()
  })
})

describe('on a server', () => {
  it('renders without a browser and hydrates without a difference', async () => {
    const { fetch } = createStandIn()
    const page = (
      <AuthStackProvider apiKey={API_KEY} endpoint={ENDPOINT} fetch={fetch}>
        <LoginForm />
      </AuthStackProvider>
    )
    const container = document.createElement('div')
    container.innerHTML = renderToString(page)
    expect(container.textContent).toContain('Loading')
    document.body.append(container)
    render(page, { container, hydrate: true })
    await waitFor(() => expect(screen.getByLabelText('Email')).toBeTruthy())
  })
})
