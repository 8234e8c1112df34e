/** A field for a time as people type it, which says what it understood before anything is saved. */
import { TextInput, type TextInputProps } from "@mantine/core";
import { fullMoment, offset, relative } from "./format";
import styles from "./MomentInput.module.css";
import { parseMoment, type Reading } from "./parseMoment";
import { useZone } from "./zone";

interface Props extends Omit<TextInputProps, "value" | "onChange" | "description"> {
  value: string;
  onChange: (typed: string) => void;
  /** What `+5m` counts from. */
  base?: Date | undefined;
  /** The day that a bare `14:02` belongs to. */
  day?: Date | undefined;
}

export function MomentInput({ value, onChange, base, day, ...rest }: Props) {
  const zone = useZone();
  const reading = parseMoment(value, { zone, base, day });
  return (
    <TextInput
      placeholder="14:02, 10 min ago, yesterday 23:10"
      autoComplete="off"
      spellCheck={false}
      {...rest}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      inputWrapperOrder={["label", "input", "description", "error"]}
      description={
        value.trim() === "" ? null : (
          <span aria-live="polite">
            <Understood
              reading={reading}
              zone={zone}
              onChoose={(at) => onChange(at.toISOString())}
            />
          </span>
        )
      }
    />
  );
}

interface UnderstoodProps {
  reading: Reading;
  zone: string;
  onChoose: (at: Date) => void;
}

function Understood({ reading, zone, onChoose }: UnderstoodProps) {
  switch (reading.kind) {
    case "moment":
      return `${fullMoment(reading.at, zone)} · ${relative(reading.at)}`;
    case "twice":
      return (
        <>
          Clocks went back, so this time came twice. Which one?{" "}
          {[reading.earlier, reading.later].map((at) => (
            <button
              key={at.getTime()}
              type="button"
              className={styles.choice}
              onClick={() => onChoose(at)}
            >
              {offset(at, zone)}
            </button>
          ))}
        </>
      );
    case "skipped":
      return "Clocks went forward over this time; it never was.";
    case "unread":
      return "Not a time yet. Try 14:02, 10 min ago, yesterday 23:10 or 3 Oct 14:02.";
  }
}
