/** Hands our tokens to Mantine, so that its components look like ours in both themes. */
import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineThemeComponents,
  type VariantColorsResolver,
} from "@mantine/core";

const TONES = ["accent", "danger", "ok", "warn"] as const;
type Tone = (typeof TONES)[number];

// Mantine wants ten shades of a colour; ours are tokens that already know both themes.
const neutrals = (tokens: string[]): MantineColorsTuple =>
  tokens.map((token) => `var(${token})`) as unknown as MantineColorsTuple;
const shades = (token: string): MantineColorsTuple => neutrals(Array<string>(10).fill(token));

const FOREGROUND: Record<Tone, string> = {
  accent: "--accent",
  danger: "--danger-fg",
  ok: "--ok-fg",
  warn: "--warn-fg",
};
const SOFT: Record<Tone, string> = {
  accent: "--accent-soft",
  danger: "--danger-bg",
  ok: "--ok-bg",
  warn: "--warn-bg",
};

const variantColorResolver: VariantColorsResolver = ({ color, theme, variant }) => {
  const name = color ?? theme.primaryColor;
  const tone: Tone = TONES.find((known) => known === name) ?? "accent";
  const foreground = `var(${FOREGROUND[tone]})`;
  const soft = `var(${SOFT[tone]})`;
  if (variant === "filled") {
    const hover = tone === "accent" ? "var(--accent-hover)" : foreground;
    return {
      background: foreground,
      hover,
      color: "var(--on-accent)",
      border: "1px solid transparent",
    };
  }
  if (variant === "default") {
    return {
      background: "var(--surface-0)",
      hover: "var(--surface-1)",
      color: name === theme.primaryColor ? "var(--text)" : foreground,
      border: "1px solid var(--line-strong)",
    };
  }
  if (variant === "light") {
    return { background: soft, hover: soft, color: foreground, border: "1px solid transparent" };
  }
  const plain = name === "gray";
  return {
    background: "transparent",
    hover: plain ? "var(--surface-2)" : soft,
    color: plain ? "var(--text-dim)" : foreground,
    border: "1px solid transparent",
  };
};

const floating = { shadow: "md", radius: "md" } as const;
const overlay = { backgroundOpacity: 1, color: "var(--scrim)" } as const;
const CLOSE = { "aria-label": "Close" };
const quickly = { duration: 120 } as const;

/** Keeps a field of chips as high as the other fields while it has one line. */
const MULTILINE = { paddingBlock: "calc((var(--control) - 24px) / 2)" };

// Plain objects rather than `Button.extend`, which would load every component with the first page.
const components: MantineThemeComponents = {
  Button: {
    defaultProps: { size: "sm" },
    vars: (_: unknown, props: { size?: string }) => ({
      root: {
        "--button-height": props.size === "xs" ? "var(--control-compact)" : "var(--control)",
        "--button-padding-x": props.size === "xs" ? "8px" : "12px",
        "--button-fz": "var(--fz-ui)",
      },
    }),
  },
  ActionIcon: {
    defaultProps: { variant: "subtle", color: "gray" },
    vars: () => ({ root: { "--ai-size": "var(--control)" } }),
  },
  Input: {
    vars: (_: unknown, props: { error?: unknown }) => ({
      wrapper: {
        "--input-height": "var(--control)",
        "--input-fz": "var(--control-fz)",
        "--input-bd": props.error ? "var(--danger-fg)" : "var(--line-control)",
        "--input-bg": "var(--surface-0)",
      },
    }),
  },
  InputWrapper: {
    vars: () => ({
      label: { "--input-label-size": "var(--fz-ui)" },
      error: { "--input-error-size": "var(--fz-meta)" },
      description: { "--input-description-size": "var(--fz-meta)" },
    }),
  },
  PillsInput: { styles: { input: MULTILINE } },
  TagsInput: { styles: { input: MULTILINE } },
  Select: { defaultProps: { allowDeselect: false, checkIconPosition: "right" } },
  Checkbox: { defaultProps: { size: "xs", iconColor: "var(--on-accent)" } },
  RadioIndicator: { defaultProps: { iconColor: "var(--on-accent)" } },
  Switch: { defaultProps: { size: "sm", withThumbIndicator: false } },
  SegmentedControl: { defaultProps: { size: "sm" } },
  Menu: { defaultProps: { ...floating, transitionProps: quickly } },
  Popover: { defaultProps: { ...floating, transitionProps: quickly } },
  Tooltip: {
    defaultProps: {
      openDelay: 350,
      transitionProps: quickly,
      events: { hover: true, focus: true, touch: false },
    },
  },
  Modal: {
    defaultProps: {
      centered: true,
      radius: "lg",
      overlayProps: overlay,
      transitionProps: quickly,
      shadow: "md",
      closeButtonProps: CLOSE,
    },
  },
  Drawer: {
    defaultProps: {
      position: "right",
      closeButtonProps: CLOSE,
      overlayProps: overlay,
      transitionProps: quickly,
      shadow: "md",
    },
  },
};

export const theme = createTheme({
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--font-code)",
  headings: { fontFamily: "var(--font)", fontWeight: "var(--weight-heading)" },
  fontSizes: { xs: "12px", sm: "13px", md: "13px", lg: "15px", xl: "17px" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.6", xl: "1.6" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  radius: { xs: "3px", sm: "4px", md: "6px", lg: "8px", xl: "12px" },
  shadows: {
    xs: "none",
    sm: "none",
    md: "var(--shadow-float)",
    lg: "var(--shadow-float)",
    xl: "var(--shadow-float)",
  },
  defaultRadius: "md",
  primaryColor: "accent",
  primaryShade: 6,
  colors: {
    dark: neutrals([
      "--text",
      "--text",
      "--text-dim",
      "--text-dim",
      "--line-strong",
      "--surface-2",
      "--surface-1",
      "--surface-0",
      "--surface-1",
      "--surface-0",
    ]),
    gray: neutrals([
      "--surface-1",
      "--surface-2",
      "--line",
      "--line-strong",
      "--line-control",
      "--text-dim",
      "--text-dim",
      "--text-dim",
      "--text",
      "--text",
    ]),
    accent: shades("--accent"),
    danger: shades("--danger-fg"),
    ok: shades("--ok-fg"),
    warn: shades("--warn-fg"),
  },
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  variantColorResolver,
  components,
});

const variables = {
  "--mantine-color-body": "var(--surface-0)",
  "--mantine-color-text": "var(--text)",
  "--mantine-color-bright": "var(--text)",
  "--mantine-color-dimmed": "var(--text-dim)",
  "--mantine-color-placeholder": "var(--text-dim)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-color-error": "var(--danger-fg)",
  "--mantine-color-default": "var(--surface-0)",
  "--mantine-color-default-hover": "var(--surface-1)",
  "--mantine-color-default-color": "var(--text)",
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-color-disabled": "var(--surface-2)",
  "--mantine-color-disabled-color": "var(--text-dim)",
  "--mantine-color-disabled-border": "var(--line)",
  "--mantine-primary-color-filled": "var(--accent)",
  "--mantine-primary-color-filled-hover": "var(--accent-hover)",
  "--mantine-primary-color-light": "var(--accent-soft)",
  "--mantine-primary-color-light-hover": "var(--accent-soft)",
  "--mantine-primary-color-light-color": "var(--accent)",
  "--mantine-primary-color-contrast": "var(--on-accent)",
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: variables,
  dark: variables,
});
