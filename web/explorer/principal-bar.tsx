import { useExecutionContext } from '@graphiql/react'
import { useState, type FormEvent } from 'react'
import type { Outputs } from '../configure-amplify.ts'
import { become, becomeGuest, type Principal } from './principal.ts'

interface Props {
  outputs: Outputs
  principal: Principal
  onChange(principal: Principal): void
}

/** Who asks, and becoming somebody else. */
export function PrincipalBar({ outputs, principal, onChange }: Props) {
  const { stop } = useExecutionContext({ nonNull: true })
  const [asking, setAsking] = useState(false)
  const [fault, setFault] = useState<string>()
  const demo = outputs.custom?.local?.user

  async function change(next: () => Promise<Principal>) {
    // A subscription belongs to whoever started it.
    stop()
    setFault(undefined)
    try {
      onChange(await next())
      setAsking(false)
    } catch (error) {
      setFault(`${(error as Error).message} You are a guest now.`)
      onChange(await becomeGuest())
    }
  }

  function signInWithForm(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void change(() => become(String(form.get('username')), String(form.get('password'))))
  }

  const isDemo = principal.kind === 'user' && principal.username === demo?.username
  const isOther = principal.kind === 'user' && !isDemo
  return (
    <header className="principal-bar">
      <h1>Darkroom <small>explorer</small></h1>
      <div role="group" aria-label="Who asks">
        <button aria-pressed={principal.kind === 'guest'} onClick={() => void change(becomeGuest)}>Guest</button>
        {demo && (
          <button aria-pressed={isDemo} onClick={() => void change(() => become(demo.username, demo.password))}>
            Demo user
          </button>
        )}
        <button aria-pressed={isOther} aria-expanded={asking} onClick={() => setAsking(!asking)}>
          {isOther ? principal.username : 'Sign in ...'}
        </button>
      </div>
      {asking && (
        <form onSubmit={signInWithForm} aria-label="Sign in">
          <input name="username" type="email" placeholder="E-mail" aria-label="E-mail" autoComplete="username" autoFocus
            required />
          <input name="password" type="password" placeholder="Password" aria-label="Password" required
            autoComplete="current-password" />
          <button>Sign in</button>
        </form>
      )}
      {fault && <p role="alert">{fault}</p>}
    </header>
  )
}
