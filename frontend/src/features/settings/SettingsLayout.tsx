/** SettingsLayout */
export function SettingsLayout() {
  return null;
}
