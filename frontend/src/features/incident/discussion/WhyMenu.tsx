/** Everything that can be done with a why, with the keys that do it. */
import { Menu } from "@mantine/core";
import { Icon } from "../../../ui/Icon";
import { Kbd } from "../../../ui/Kbd";
import type { Why } from "../types";
import type { OutlineRow } from "./outline";
import type { WhyDeeds } from "./whyDeeds";

interface Props {
  row: OutlineRow;
  why: Why;
  deeds: WhyDeeds;
}

export function WhyMenu({ row, why, deeds }: Props) {
  return (
    <>
      <Menu.Item rightSection={<Kbd keys="w" />} onClick={() => deeds.addBelow(row)}>
        Why below
      </Menu.Item>
      <Menu.Item rightSection={<Kbd keys="Enter" />} onClick={() => deeds.addBeside(row)}>
        Another beside it
      </Menu.Item>
      <Menu.Item rightSection={<Kbd keys="alt+l" />} onClick={() => deeds.pickCauses(row)}>
        Also caused by…
      </Menu.Item>
      <Menu.Item onClick={() => deeds.pickEvidence(why)}>How we know…</Menu.Item>
      <Menu.Item onClick={() => deeds.addAction(why)}>Action from this</Menu.Item>
      <Menu.Divider />
      <Menu.Item rightSection={<Kbd keys="alt+ArrowUp" />} onClick={() => deeds.shift(row, -1)}>
        Move up
      </Menu.Item>
      <Menu.Item rightSection={<Kbd keys="alt+ArrowDown" />} onClick={() => deeds.shift(row, 1)}>
        Move down
      </Menu.Item>
      <Menu.Item rightSection={<Kbd keys="alt+ArrowRight" />} onClick={() => deeds.deeper(row)}>
        One deeper
      </Menu.Item>
      <Menu.Item rightSection={<Kbd keys="alt+ArrowLeft" />} onClick={() => deeds.shallower(row)}>
        One up
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        color="danger"
        leftSection={<Icon name="trash" />}
        rightSection={<Kbd keys="Delete" />}
        onClick={() => deeds.remove(why)}
      >
        Delete why
      </Menu.Item>
    </>
  );
}
