/** Light, dark, or whatever the system says. */
import { SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { Icon } from "./Icon";
import styles from "./ThemeSwitch.module.css";

const CHOICES = [
  { value: "auto", word: "System", icon: "system" },
  { value: "light", word: "Light", icon: "sun" },
  { value: "dark", word: "Dark", icon: "moon" },
] as const;

export function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      aria-label="Theme"
      value={colorScheme}
      onChange={(value) => setColorScheme(value as (typeof CHOICES)[number]["value"])}
      data={CHOICES.map(({ value, word, icon }) => ({
        value,
        label: (
          <span className={styles.choice}>
            <Icon name={icon} size={14} />
            {word}
          </span>
        ),
      }))}
    />
  );
}
