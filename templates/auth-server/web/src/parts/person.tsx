/** Who is meant: name over address, with the address alone when there is no name. */
export function Person(props: { name: string; email: string }) {
  return (
    <div className="person">
      <span className="brand-letter person-letter" aria-hidden="true">
        {[...(props.name || props.email)][0]?.toLocaleUpperCase()}
      </span>
      <span className="person-text">
        <span title={props.name}>{props.name || props.email}</span>
        {props.name && props.name !== props.email && <span title={props.email}>{props.email}</span>}
      </span>
    </div>
  )
}
