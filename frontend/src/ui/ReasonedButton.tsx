/** A button that, when it cannot be used, stays reachable and says why. */
import { Button, type ButtonProps, Tooltip } from "@mantine/core";
import type { MouseEvent, ReactNode } from "react";

interface Props extends ButtonProps {
  /** Why it cannot be used; without it, it can. */
  reason?: string | undefined;
  onClick?: (event: MouseEvent<HTMLButtonElement>) => void;
  type?: "button" | "submit";
  children: ReactNode;
}

export function ReasonedButton({ reason, onClick, type = "button", children, ...rest }: Props) {
  const refused = reason !== undefined;
  return (
    <Tooltip label={reason} disabled={!refused} multiline maw={280}>
      <Button
        {...rest}
        type={type}
        data-disabled={refused || undefined}
        aria-disabled={refused || undefined}
        onClick={(event) => {
          if (refused) event.preventDefault();
          else onClick?.(event);
        }}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
