/** ActionsPage */
export function ActionsPage() {
  return null;
}
