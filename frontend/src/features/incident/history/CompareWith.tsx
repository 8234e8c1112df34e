/** Which other version of the same text a version is compared with. */
import { NativeSelect } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { shortDate } from "../../../ui/time/format";
import { useZone } from "../../../ui/time/zone";
import type { Version } from "./types";
import { timeSpan, writerNames } from "./versions";

const NOTHING = "Nothing, as it began";

interface Props {
  version: Version;
  /** All of the same text, as far as they are loaded. */
  versions: readonly Version[];
  from: number;
}

export function CompareWith({ version, versions, from }: Props) {
  const zone = useZone();
  const navigate = useNavigate({ from: "/i/$incidentKey/history" });
  const words = (other: Version) =>
    `${shortDate(new Date(other.ended_at), zone)}, ${timeSpan(other, zone)}, ${writerNames(other)}`;
  const options = [
    {
      value: String(version.previous_seq),
      label: version.previous_seq === 0 ? NOTHING : "The version before",
    },
    ...versions
      .filter(({ seq }) => seq !== version.seq && seq !== version.previous_seq)
      .map((other) => ({ value: String(other.seq), label: words(other) })),
    ...(version.previous_seq === 0 ? [] : [{ value: "0", label: NOTHING }]),
  ];
  const choose = (seq: number) =>
    void navigate({
      search: (search) => ({ ...search, from: seq === version.previous_seq ? undefined : seq }),
      replace: true,
      resetScroll: false,
    });
  return (
    <NativeSelect
      size="xs"
      label="Compared with"
      data={options}
      value={String(from)}
      onChange={(event) => choose(Number(event.currentTarget.value))}
    />
  );
}
