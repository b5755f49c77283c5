interface ImportMetaEnv {
  readonly VITE_AUTHSTACK_KEY?: string
  readonly VITE_AUTHSTACK_ENDPOINT?: string
}
