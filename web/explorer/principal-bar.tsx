import { useState, type FormEvent } from 'react'
import type { Outputs } from './outputs.ts'
import { become, becomeGuest, type Principal } from './principal.ts'

interface Props {
  outputs: Outputs
  principal: Principal
  onChange(principal: Principal): void
}

/** Who asks, and becoming somebody else. */
export function PrincipalBar({ outputs, principal, onChange }: Props) {
  const [asking, setAsking] = useState(false)
  const [fault, setFault] = useState<string>()
  const demo = outputs.custom?.local?.user

  async function change(next: Promise<Principal>) {
    try {
      onChange(await next)
      setFault(undefined)
      setAsking(false)
    } catch (error) {
      setFault((error as Error).message)
    }
  }

  function signInWithForm(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void change(become(String(form.get('username')), String(form.get('password'))))
  }

  const isDemo = principal.kind === 'user' && principal.username === demo?.username
  return (
    <header className="principal-bar">
      <h1>Darkroom</h1>
      <div role="group" aria-label="Who asks">
        <button aria-pressed={principal.kind === 'guest'} onClick={() => void change(becomeGuest())}>Guest</button>
        {demo && (
          <button aria-pressed={isDemo} onClick={() => void change(become(demo.username, demo.password))}>
            Demo user
          </button>
        )}
        <button aria-pressed={principal.kind === 'user' && !isDemo} onClick={() => setAsking(!asking)}>
          {principal.kind === 'user' && !isDemo ? principal.username : 'Sign in'}
        </button>
      </div>
      {asking && (
        <form onSubmit={signInWithForm} aria-label="Sign in">
          <input name="username" type="email" placeholder="e-mail" aria-label="E-mail" autoComplete="username" required />
          <input name="password" type="password" placeholder="password" aria-label="Password" required
            autoComplete="current-password" />
          <button>Sign in</button>
        </form>
      )}
      {fault && <p role="alert">{fault}</p>}
    </header>
  )
}
