/** LoginPage */
export function LoginPage() {
  return null;
}
