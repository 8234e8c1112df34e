/** Keeps a form at what is saved, also by somebody else, for as long as nobody has changed it here. */
import type { UseFormReturnType } from "@mantine/form";
import { useCallback, useEffect, useState } from "react";

/** `toValues` has to be one function for ever. */
export function useSaved<Saved, Values extends object>(
  form: UseFormReturnType<Values>,
  saved: Saved,
  toValues: (saved: Saved) => Values,
) {
  const text = JSON.stringify(saved);
  const [base, setBase] = useState(text);
  const { setValues, resetDirty } = form;
  const takeSaved = useCallback(() => {
    const values = toValues(JSON.parse(text));
    setValues(values as Partial<Values>);
    resetDirty(values);
    setBase(text);
  }, [text, toValues, setValues, resetDirty]);
  const overtaken = text !== base;
  const changed = form.isDirty();
  useEffect(() => {
    if (overtaken && !changed) takeSaved();
  }, [overtaken, changed, takeSaved]);
  /** Somebody else saved, and here are words that are not saved. */
  return { clashes: overtaken && changed, takeSaved };
}
